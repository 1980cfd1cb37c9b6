package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.RateLimits;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** Limit of failed attempts with the codes of links, counted like failed log-ins. May be called from any event loop. */
public final class LinkAttempts {

    private final LoginThrottle throttle;
    private final RateLimits limits;

    public LinkAttempts(LoginThrottle throttle, RateLimits limits) {
        this.throttle = throttle;
        this.limits = limits;
    }

    /**
     * Looks up what a code opens. Fails with {@code link.invalid} when there is nothing, with {@code
     * auth.too_many_failures} or with {@code rate.limited}.
     */
    public <T> Future<T> find(Requester requester, Supplier<Future<Optional<T>>> lookup) {
        limits.logIn(requester.address());
        return throttle.attempt(LogInAttempts.Source.ofLinks(requester.address()), lookup)
                .map(found -> found.orElseThrow(() -> new ChatException(ErrorCode.LINK_INVALID)));
    }
}
