package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.auth.LogInAttempts.Source;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoginThrottleTest {

    private static final int MAX_FAILURES = 5;
    private static final Source SOURCE = new Source(new UserId("alice"), "198.51.100.1");

    private final Vertx vertx = Vertx.vertx();
    private final CountedAttempts attempts = new CountedAttempts(MAX_FAILURES, Duration.ofMinutes(15));
    private final LoginThrottle throttle = new LoginThrottle(vertx, attempts);
    private final AtomicInteger tried = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void shouldTryNoMoreOfManyAtOnceThanFailuresAreLeft() {
        Promise<Optional<String>> wrong = Promise.promise();
        List<Future<Optional<String>>> answers = IntStream.range(0, 40)
                .mapToObj(i -> throttle.attempt(SOURCE, () -> {
                    tried.incrementAndGet();
                    return wrong.future();
                }))
                .toList();
        wrong.complete(Optional.empty());
        Future.join(answers).otherwiseEmpty().await();
        assertThat(tried).hasValue(MAX_FAILURES);
        assertThat(answers.stream().filter(Future::succeeded)).hasSize(MAX_FAILURES);
        assertThat(answers.stream().filter(Future::failed).map(answer -> (ChatException) answer.cause()))
                .allSatisfy(refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.AUTH_TOO_MANY_FAILURES);
                    assertThat(refused.retryAfter()).isPositive();
                });
    }

    @Test
    void shouldTryNothingOnceTheLimitIsReachedAndLetAnotherAddressIn() {
        for (int i = 0; i < MAX_FAILURES; i++) {
            assertThat(attempt(Optional.empty()).await()).isEmpty();
        }
        assertThat(attempt(Optional.of("right"))
                        .transform(done -> Future.succeededFuture(done.failed()))
                        .await())
                .isTrue();
        assertThat(tried).hasValue(MAX_FAILURES);
        Source elsewhere = new Source(SOURCE.account(), "198.51.100.2");
        assertThat(throttle.attempt(elsewhere, () -> Future.succeededFuture(Optional.of("right")))
                        .await())
                .contains("right");
    }

    @Test
    void shouldServeAllOfManyRightPasswordsAtOnce() {
        Promise<Void> hashed = Promise.promise();
        List<Future<Optional<String>>> answers = IntStream.range(0, 12)
                .mapToObj(i -> throttle.attempt(SOURCE, () -> {
                    tried.incrementAndGet();
                    return hashed.future().map(Optional.of("right"));
                }))
                .toList();
        assertThat(tried).hasValue(MAX_FAILURES);
        hashed.complete();
        Future.all(answers).await();
        assertThat(tried).hasValue(12);
        assertThat(attempts.size()).isZero();
    }

    @Test
    void shouldAskForOneSourceOneThingAfterTheOther() {
        List<Promise<LogInAttempts.Admission>> asked = new ArrayList<>();
        LoginThrottle slow = new LoginThrottle(vertx, new CountedAttempts(MAX_FAILURES, Duration.ofMinutes(15)) {
            @Override
            public synchronized Future<Admission> begin(Source source) {
                Promise<Admission> answer = Promise.promise();
                asked.add(answer);
                return answer.future();
            }
        });
        List<Future<Optional<String>>> answers = IntStream.range(0, 3)
                .mapToObj(i -> slow.attempt(SOURCE, () -> Future.succeededFuture(Optional.of("right"))))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(asked).hasSize(i + 1);
            assertThat(answers.get(i).isComplete()).isFalse();
            asked.get(i).complete(new LogInAttempts.Admission.Admitted(i));
            assertThat(answers.get(i).result()).contains("right");
        }
    }

    @Test
    void shouldForgetFailuresAfterTheRightPasswordAndAttemptsThatTriedNothing() {
        for (int i = 0; i < MAX_FAILURES - 1; i++) {
            attempt(Optional.empty()).await();
        }
        Future<Optional<String>> dropped =
                throttle.attempt(SOURCE, () -> Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED)));
        assertThat(dropped.transform(done -> Future.succeededFuture(((ChatException) done.cause()).code()))
                        .await())
                .isEqualTo(ErrorCode.SERVER_OVERLOADED);
        assertThat(attempts.size()).isEqualTo(MAX_FAILURES - 1);
        attempt(Optional.of("right")).await();
        assertThat(attempts.size()).isZero();
    }

    private Future<Optional<String>> attempt(Optional<String> outcome) {
        return throttle.attempt(SOURCE, () -> {
            tried.incrementAndGet();
            return Future.succeededFuture(outcome);
        });
    }
}
