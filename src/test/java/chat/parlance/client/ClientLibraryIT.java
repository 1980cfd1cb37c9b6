package chat.parlance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.testing.NodeJs;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the client library, in Node.js against a real node. */
final class ClientLibraryIT {

    private static final String LONG_ROOM = "library-long";

    /** Beyond {@code room.catchUpLimit}. */
    private static final int LONG = 1_050;

    @Test
    void shouldPassTheTestsOfTheLibrary() {
        makeLongRoom();
        assertThat(NodeJs.runTests("library.test.mjs", Map.of("longRoom", LONG_ROOM)))
                .isEqualTo(22);
    }

    /** On a clock that the test moves, against a scripted server. */
    @Test
    void shouldRenewTokensAtRandomTimesAndOnceForAllTabs() {
        assertThat(NodeJs.runTests("renewal.test.mjs", Map.of())).isEqualTo(2);
    }

    @Test
    void shouldJoinAThousandRoomsWithinTheRateLimits() {
        assertThat(NodeJs.runTests("joins.test.mjs", Map.of())).isEqualTo(2);
    }

    @Test
    void shouldNoticeALostConnectionAndTheNetworkThatComesBack() {
        assertThat(NodeJs.runTests("connection.test.mjs", Map.of())).isEqualTo(28);
    }

    @Test
    void shouldHaveTheRoomAsTheDatabaseHasItWhenThatGoesBack() {
        assertThat(NodeJs.runTests("history.test.mjs", Map.of("library", LibraryVariant.NONE.url())))
                .isEqualTo(14);
    }

    @Test
    void shouldKeepMessagesOfClosedTabsAndSendThemOnce() {
        assertThat(NodeJs.runTests("outbox.test.mjs", Map.of("library", LibraryVariant.NONE.url())))
                .isEqualTo(19);
    }

    @ParameterizedTest
    @MethodSource("ofTabs")
    void shouldCatchALibraryThatLosesOrDuplicatesMessagesOfClosedTabs(LibraryVariant variant) {
        assertThatThrownBy(() -> NodeJs.runTests("outbox.test.mjs", broken(variant, 1_000)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("✖ ");
    }

    static Set<LibraryVariant> ofTabs() {
        return LibraryVariant.OF_TABS;
    }

    @ParameterizedTest
    @MethodSource("ofChangedHistory")
    void shouldCatchALibraryThatMeetsAnotherHistoryWrongly(LibraryVariant variant) {
        assertThatThrownBy(() -> NodeJs.runTests("history.test.mjs", broken(variant, 1_500)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ERR_ASSERTION");
    }

    static Set<LibraryVariant> ofChangedHistory() {
        return LibraryVariant.OF_CHANGED_HISTORY;
    }

    /** Input of tests of which at least one has to fail, and the first that does is enough. */
    private static Map<String, Object> broken(LibraryVariant variant, int patienceMs) {
        return Map.of("library", variant.url(), "schedules", 0, "patienceMs", patienceMs, "untilFailure", true);
    }

    private static void makeLongRoom() {
        Rest owner = Rest.logIn(TestNode.address(), "library-owner");
        owner.post("/rooms", Map.of("roomId", LONG_ROOM));
        try (Socket socket = Socket.authenticated(TestNode.address(), owner.token())) {
            IntStream.range(0, LONG).forEach(i -> socket.post(LONG_ROOM, "long-" + i, "line " + i));
            IntStream.range(0, LONG).forEach(i -> socket.await("ack"));
        }
    }
}
