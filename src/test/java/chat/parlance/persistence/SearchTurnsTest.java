package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import chat.parlance.search.SearchSettings;
import chat.parlance.testing.NoMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SearchTurnsTest {

    private static final int MAX_WAITING = 6;
    private static final int MAX_WAIT_MS = 5_000;
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");

    private long nowNs;
    private final SearchTurns turns =
            new SearchTurns(new SearchSettings.Turns(2, MAX_WAITING, 4), MAX_WAIT_MS, new NoMeters(), () -> nowNs);
    private final List<String> begun = new ArrayList<>();
    private final List<Promise<String>> underWay = new ArrayList<>();

    @Test
    void shouldLeaveAConnectionToOthersHoweverManySearchesOneUserSends() {
        search(ALICE, "a1");
        search(ALICE, "a2");
        assertThat(begun).containsExactly("a1");
        search(BOB, "b1");
        assertThat(begun).containsExactly("a1", "b1");
    }

    @Test
    void shouldLetUsersTakeTurns() {
        for (UserId user : List.of(ALICE, BOB)) {
            for (int i = 1; i <= 2; i++) {
                search(user, user + " " + i);
            }
        }
        UserId late = new UserId("guest");
        search(late, "guest 1");
        for (int i = 0; i < 5; i++) {
            underWay.get(i).complete("found");
        }
        assertThat(begun).containsExactly("alice 1", "bob 1", "guest 1", "alice 2", "bob 2");
    }

    @Test
    void shouldRefuseSearchesBeyondAUsersShareAndAcceptThemLater() {
        for (int i = 1; i <= 4; i++) {
            search(ALICE, "a" + i);
        }
        Future<String> refused = search(ALICE, "a5");
        assertThat(refused.cause()).isInstanceOfSatisfying(ChatException.class, cause -> {
            assertThat(cause.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(cause.retryAfter()).isPositive();
        });
        underWay.getFirst().complete("found");
        assertThat(search(ALICE, "a6").failed()).isFalse();
        assertThat(begun).containsExactly("a1", "a2");
    }

    @Test
    void shouldRefuseSearchesBeyondTheQueueOfAllUsers() {
        for (int i = 0; i < 2 + MAX_WAITING; i++) {
            assertThat(search(new UserId("user-" + i), "s").failed()).isFalse();
        }
        assertThat(code(search(BOB, "b1"))).isEqualTo(ErrorCode.SERVER_OVERLOADED);
        underWay.getFirst().complete("found");
        assertThat(search(BOB, "b2").failed()).isFalse();
    }

    @Test
    void shouldGiveUpSearchesThatWaitedTooLong() {
        search(ALICE, "a1");
        search(BOB, "b1");
        Future<String> late = search(ALICE, "a2");
        nowNs = TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MS);
        underWay.getFirst().complete("found");
        assertThat(code(late)).isEqualTo(ErrorCode.SERVER_OVERLOADED);
        Future<String> next = search(ALICE, "a3");
        assertThat(begun).containsExactly("a1", "b1", "a3");
        underWay.getLast().complete("found");
        assertThat(next.result()).isEqualTo("found");
    }

    @Test
    void shouldFreeTheTurnOfASearchThatFailed() {
        Future<String> failed = turns.run(ALICE, () -> {
            throw new IllegalStateException("the pool is closed");
        });
        assertThat(failed.failed()).isTrue();
        Future<String> other = search(ALICE, "a1");
        underWay.getFirst().fail(new ChatException(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(code(other)).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        search(ALICE, "a2");
        assertThat(begun).containsExactly("a1", "a2");
    }

    private Future<String> search(UserId user, String name) {
        return turns.run(user, () -> {
            begun.add(name);
            Promise<String> found = Promise.promise();
            underWay.add(found);
            return found.future();
        });
    }

    private static ErrorCode code(Future<?> refused) {
        return ((ChatException) refused.cause()).code();
    }
}
