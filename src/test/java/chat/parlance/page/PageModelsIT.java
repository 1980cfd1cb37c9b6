package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.NodeJs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page holds, in Node.js: there a test says what comes first. */
final class PageModelsIT {

    @Test
    void shouldShowARunOfTheRoomWithoutAGapInItsPresentState() {
        assertThat(NodeJs.runTests("timeline.test.mjs", Map.of())).isEqualTo(4);
    }

    @Test
    void shouldBeRightWhateverComesFirst() {
        assertThat(NodeJs.runTests("page.test.mjs", Map.of())).isEqualTo(11);
    }

    @Test
    void shouldMeanTheMessagesThatTheUserSawWhenTheHistoryOfARoomChanges() {
        assertThat(NodeJs.runTests("page-history.test.mjs", Map.of())).isEqualTo(3);
    }
}
