package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: so many failures of one account from one address within a window, then no more tries until the
 * oldest is over. Another address can still log in, so nobody is locked out by somebody else.
 */
public final class LoginThrottle {

    private static final int MAX_ENTRIES = 10_000;

    private record Source(UserId user, String address) {}

    private final int maxFailures;
    private final int windowSeconds;
    private final Clock clock;
    private final Map<Source, ArrayDeque<Long>> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, ArrayDeque<Long>> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    public LoginThrottle(int maxFailures, int windowSeconds, Clock clock) {
        this.maxFailures = maxFailures;
        this.windowSeconds = windowSeconds;
        this.clock = clock;
    }

    /** @throws ChatException with {@code auth.too_many_failures} */
    synchronized void check(UserId user, String address) {
        ArrayDeque<Long> recent = recent(user, address);
        if (recent.size() >= maxFailures) {
            long secondsLeft =
                    recent.element() + windowSeconds - clock.instant().getEpochSecond() + 1;
            throw ChatException.retryLater(ErrorCode.AUTH_TOO_MANY_FAILURES, Duration.ofSeconds(secondsLeft));
        }
    }

    synchronized void failed(UserId user, String address) {
        recent(user, address).add(clock.instant().getEpochSecond());
    }

    private ArrayDeque<Long> recent(UserId user, String address) {
        ArrayDeque<Long> times = failures.computeIfAbsent(new Source(user, address), first -> new ArrayDeque<>());
        long begin = clock.instant().getEpochSecond() - windowSeconds;
        while (!times.isEmpty() && times.peek() < begin) {
            times.remove();
        }
        return times;
    }
}
