package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EventSequenceTest {

    @Test
    void shouldGiveOutWhatIsNextAtOnce() {
        EventSequence sequence = started(5);
        assertThat(seqs(sequence.accept(events(6, 7)))).containsExactly(6L, 7L);
        assertThat(sequence.head()).isEqualTo(7);
    }

    @Test
    void shouldKeepWhatComesEarlyUntilTheHoleIsFilled() {
        EventSequence sequence = started(5);
        assertThat(sequence.accept(events(7, 8))).isEmpty();
        assertThat(sequence.hasHole()).isTrue();
        assertThat(seqs(sequence.accept(events(6)))).containsExactly(6L, 7L, 8L);
        assertThat(sequence.hasHole()).isFalse();
    }

    @Test
    void shouldDropWhatCameBefore() {
        EventSequence sequence = started(5);
        assertThat(sequence.accept(events(3, 4, 5))).isEmpty();
        assertThat(seqs(sequence.accept(events(4, 5, 6)))).containsExactly(6L);
    }

    @Test
    void shouldHoldEverythingUntilItKnowsWhereToBegin() {
        EventSequence sequence = new EventSequence();
        assertThat(sequence.accept(events(8, 9, 6))).isEmpty();
        assertThat(sequence.hasHole()).isFalse();
        assertThat(seqs(sequence.start(7))).containsExactly(8L, 9L);
    }

    @Test
    void shouldBoundWhatItKeeps() {
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
        sequence.start(head);
        return sequence;
    }

    private static List<Event> events(long... seqs) {
        return LongStream.of(seqs).mapToObj(seq -> Fixtures.message("dev", seq)).toList();
    }

    private static List<Long> seqs(List<Event> events) {
        return events.stream().map(Event::seq).toList();
    }
}
