package chat.parlance.lines;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.Event;
import chat.parlance.model.Stamp;
import chat.parlance.room.Fixtures;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ShownEventsTest {

    private final ShownEvents shown = new ShownEvents();

    @Test
    void shouldKnowTheStampsOfTheLastEventsAndOfNoOthers() {
        assertThat(shown.stampOf(0)).isNull();
        assertThat(shown.stampOf(1)).isNull();
        for (long seq = 1; seq <= ShownEvents.CAPACITY + 1; seq++) {
            shown.add(Fixtures.message("dev", seq));
        }
        assertThat(shown.stampOf(1)).isNull();
        for (long seq = 2; seq <= ShownEvents.CAPACITY + 1; seq++) {
            assertThat(shown.stampOf(seq)).isEqualTo(Fixtures.stamp(seq));
        }
    }

    @Test
    void shouldMeanTheLineThatWasShownLastUnderANumber() {
        Event first = Fixtures.message("dev", 2);
        Event second =
                new Event(first.room(), 2, new Stamp(77), first.previous(), first.at(), first.sender(), first.body());
        Stream.of(first, Fixtures.message("dev", 3), second).forEach(shown::add);
        assertThat(shown.stampOf(2)).isEqualTo(new Stamp(77));
        shown.add(first);
        assertThat(shown.stampOf(2)).isEqualTo(Fixtures.stamp(2));
    }

    @Test
    void shouldForgetTheEventsOfAnotherRoom() {
        shown.add(Fixtures.message("dev", 2));
        shown.clear();
        assertThat(shown.stampOf(2)).isNull();
    }
}
