package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The watch on a log that answers what the test says, one look after the other. */
final class StoreWatchTest {

    private static final StoreWatch.Settings SETTINGS = new StoreWatch.Settings(1000, 3000);

    private final List<String> asked = new ArrayList<>();
    private final ArrayDeque<Future<Changes>> answers = new ArrayDeque<>();
    private final ArrayDeque<Runnable> looks = new ArrayDeque<>();
    private final List<Changes> told = new ArrayList<>();
    private long nowMs;
    private StoreWatch watch;

    @Test
    void shouldAskForWhatCameSinceTheLastAnswer() {
        look(Future.succeededFuture(Fixtures.changes(7, true, Map.of())));
        look(Future.failedFuture("down"));
        look(Future.succeededFuture(Fixtures.changes(9, true, Map.of())));
        assertThat(asked).containsExactly("", "7", "7");
    }

    @Test
    void shouldHandEachAnswerToWhoListens() {
        Changes changes = Fixtures.changes(1, true, Map.of());
        look(Future.succeededFuture(changes));
        look(Future.failedFuture("down"));
        look(Future.succeededFuture(changes));
        assertThat(told).containsExactly(changes.afterInterruption(), changes);
    }

    @Test
    void shouldSayWhenItHadNoAnswerForLongerThanTheLease() {
        Changes changes = Fixtures.changes(1, true, Map.of());
        look(Future.succeededFuture(changes));
        nowMs += SETTINGS.leaseMs() - 1;
        look(Future.succeededFuture(changes));
        nowMs += SETTINGS.leaseMs();
        look(Future.failedFuture("down"));
        look(Future.succeededFuture(changes));
        assertThat(told.subList(1, 3)).containsExactly(changes, changes.afterInterruption());
    }

    @Test
    void shouldBeCurrentForALeaseFromWhenALookBegan() {
        StoreWatch watch = look(Future.succeededFuture(Fixtures.changes(1, true, Map.of())));
        nowMs += SETTINGS.leaseMs() - 1;
        assertThat(watch.isCurrent()).isTrue();
        nowMs++;
        assertThat(watch.isCurrent()).isFalse();
        look(Future.failedFuture("down"));
        assertThat(watch.isCurrent()).isFalse();
        look(Future.succeededFuture(Fixtures.changes(1, true, Map.of())));
        assertThat(watch.isCurrent()).isTrue();
    }

    private StoreWatch look(Future<Changes> answer) {
        answers.add(answer);
        if (watch == null) {
            watch = StoreWatch.start(
                    mark -> {
                        asked.add(mark);
                        return answers.remove();
                    },
                    new Scheduler() {
                        @Override
                        public void after(long delayMs, Runnable action) {
                            looks.add(action);
                        }

                        @Override
                        public void execute(Runnable action) {
                            looks.add(action);
                        }
                    },
                    SETTINGS,
                    () -> TimeUnit.MILLISECONDS.toNanos(nowMs));
            watch.listen(Runnable::run, told::add);
        }
        looks.remove().run();
        return watch;
    }
}
