package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EventSequenceTest {

    @Test
    void shouldReleaseTheNextEventAtOnce() {
        EventSequence sequence = started(5);
        assertThat(seqs(sequence.accept(events(6, 7)))).containsExactly(6L, 7L);
        assertThat(sequence.head()).isEqualTo(Fixtures.cursor(7));
    }

    @Test
    void shouldKeepEarlyEventsUntilTheHoleIsFilled() {
        EventSequence sequence = started(5);
        assertThat(sequence.accept(events(7, 8))).isEmpty();
        assertThat(sequence.hasHole()).isTrue();
        assertThat(seqs(sequence.accept(events(6)))).containsExactly(6L, 7L, 8L);
        assertThat(sequence.hasHole()).isFalse();
    }

    @Test
    void shouldDropKnownEvents() {
        EventSequence sequence = started(5);
        assertThat(sequence.accept(events(3, 4, 5))).isEmpty();
        assertThat(seqs(sequence.accept(events(4, 5, 6)))).containsExactly(6L);
    }

    @Test
    void shouldHoldEverythingUntilItKnowsWhereToBegin() {
        EventSequence sequence = new EventSequence();
        assertThat(sequence.accept(events(8, 9, 6))).isEmpty();
        assertThat(sequence.hasHole()).isFalse();
        assertThat(seqs(sequence.start(Fixtures.cursor(7)))).containsExactly(8L, 9L);
    }

    @Test
    void shouldGiveOutNothingThatDoesNotFollowTheLastEvent() {
        EventSequence sequence = started(5);
        Event stray = Fixtures.message("dev", new Cursor(5, new Stamp(99)), Fixtures.stamp(6));
        assertThat(sequence.accept(List.of(stray))).isEmpty();
        assertThat(sequence.hasHole()).isTrue();
        assertThat(seqs(sequence.accept(events(6)))).containsExactly(6L);
        assertThat(sequence.hasHole()).as("until the store was asked").isTrue();
        sequence.prove(6, 0);
        assertThat(sequence.hasHole()).isFalse();
    }

    @Test
    void shouldGiveOutNothingThatDoesNotFollowAnEventThatWasEarly() {
        EventSequence sequence = started(5);
        Event stray = Fixtures.message("dev", new Cursor(6, new Stamp(99)), Fixtures.stamp(7));
        sequence.accept(List.of(stray));
        assertThat(seqs(sequence.accept(events(6)))).containsExactly(6L);
        assertThat(sequence.hasHole()).isTrue();
    }

    @Test
    void shouldDoubtItselfWhenAnotherEventHasThePlaceOfTheLast() {
        EventSequence sequence = started(5);
        sequence.accept(events(5));
        assertThat(sequence.hasHole()).isFalse();
        sequence.accept(List.of(Fixtures.message("dev", Fixtures.cursor(4), new Stamp(99))));
        assertThat(sequence.hasHole()).isTrue();
        assertThat(sequence.head()).isEqualTo(Fixtures.cursor(5));
    }

    @Test
    void shouldForgetEarlyEventsThatTheStoreDoesNotHave() {
        EventSequence sequence = started(5);
        sequence.accept(events(1_000_000_000_000L));
        long asked = sequence.lastEarly();
        sequence.accept(events(7));
        sequence.prove(7, asked);
        assertThat(seqs(sequence.accept(events(6)))).containsExactly(6L, 7L);
        assertThat(sequence.hasHole()).isFalse();
    }

    @Test
    void shouldGoOnInAnotherHistory() {
        EventSequence sequence = started(5);
        sequence.accept(events(8));
        sequence.rewind(new Cursor(3, new Stamp(99)));
        assertThat(sequence.hasHole()).isFalse();
        assertThat(sequence.accept(events(4))).isEmpty();
        Event next = Fixtures.message("dev", new Cursor(3, new Stamp(99)), new Stamp(100));
        assertThat(sequence.accept(List.of(next))).containsExactly(next);
    }

    @Test
    void shouldLimitEarlyEvents() {
        EventSequence sequence = started(0);
        int tooMany = EventSequence.MAX_EARLY + 100;
        sequence.accept(events(LongStream.rangeClosed(2, tooMany).toArray()));
        assertThat(sequence.accept(events(1))).hasSize(EventSequence.MAX_EARLY);
    }

    @Test
    void shouldMakeOneOrderOfAnyShuffle() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Event> bus =
                    new ArrayList<>(events(LongStream.rangeClosed(1, 50).toArray()));
            bus.addAll(events(LongStream.rangeClosed(10, 30).toArray()));
            Collections.shuffle(bus, random);
            EventSequence sequence = started(0);
            List<Event> out = new ArrayList<>();
            while (!bus.isEmpty()) {
                int some = 1 + random.nextInt(Math.min(5, bus.size()));
                out.addAll(sequence.accept(List.copyOf(bus.subList(0, some))));
                bus.subList(0, some).clear();
            }
            assertThat(seqs(out))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 50).boxed().toList());
        }
    }

    private static EventSequence started(long head) {
        EventSequence sequence = new EventSequence();
        sequence.start(Fixtures.cursor(head));
        return sequence;
    }

    private static List<Event> events(long... seqs) {
        return LongStream.of(seqs).mapToObj(seq -> Fixtures.message("dev", seq)).toList();
    }

    private static List<Long> seqs(List<Event> events) {
        return events.stream().map(Event::seq).toList();
    }
}
