package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.NodeJs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page's list of rooms, in Node.js against a real node: there a test says what comes first. */
final class RoomListIT {

    @Test
    void shouldBeRightWhateverComesFirst() {
        assertThat(NodeJs.runTests("rooms.test.mjs", Map.of())).isEqualTo(5);
    }
}
