package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostRulesTest {

    private static final int MAX_TEXT_BYTES = 10;
    private static final ClientId ID = new ClientId("m");

    @Test
    void shouldAcceptPostsWithinTheRules() {
        for (EventBody.Posted body : List.<EventBody.Posted>of(
                new EventBody.Message(ID, "ten bytes!"),
                new EventBody.Message(ID, "hi", 1L),
                new EventBody.Edit(ID, 1L, "hi"),
                new EventBody.Delete(ID, 1L),
                new EventBody.Reaction(ID, 1L, "👍", false),
                new EventBody.Pin(ID, 1L, true))) {
            assertThatCode(() -> PostRules.check(body, MAX_TEXT_BYTES))
                    .as(body.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRefuseAnInvalidText() {
        for (String text : new String[] {null, "", " ", "eleven byte", "\u3164", "a\0b", "\ud83d", "ééééée"}) {
            refuses(new EventBody.Message(ID, text), ErrorCode.BAD_REQUEST);
            refuses(new EventBody.Edit(ID, 1L, text), ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void shouldRefuseAnInvalidEmoji() {
        refuses(new EventBody.Reaction(ID, 1L, "yes", false), ErrorCode.BAD_REQUEST);
        refuses(new EventBody.Reaction(ID, 1L, "👍\uFE0F", false), ErrorCode.BAD_REQUEST);
    }

    @Test
    void shouldRefuseTargetsThatNoMessageHas() {
        for (long target : new long[] {0, -1, Long.MIN_VALUE}) {
            refuses(new EventBody.Message(ID, "hi", target), ErrorCode.MESSAGE_NOT_FOUND);
            refuses(new EventBody.Edit(ID, target, "hi"), ErrorCode.MESSAGE_NOT_FOUND);
            refuses(new EventBody.Delete(ID, target), ErrorCode.MESSAGE_NOT_FOUND);
            refuses(new EventBody.Reaction(ID, target, "👍", true), ErrorCode.MESSAGE_NOT_FOUND);
            refuses(new EventBody.Pin(ID, target, false), ErrorCode.MESSAGE_NOT_FOUND);
        }
    }

    @Test
    void shouldRefuseValuesThatOnlyTheStoreSets() {
        List<UserId> bob = List.of(new UserId("bob"));
        refuses(new EventBody.Message(ID, "hi", 1L).stored(1L, List.of()), ErrorCode.BAD_REQUEST);
        refuses(new EventBody.Message(ID, "hi").stored(null, bob), ErrorCode.BAD_REQUEST);
        refuses(new EventBody.Edit(ID, 1L, "hi").stored(null, bob), ErrorCode.BAD_REQUEST);
    }

    private static void refuses(EventBody.Posted body, ErrorCode code) {
        assertThatThrownBy(() -> PostRules.check(body, MAX_TEXT_BYTES))
                .as(body.toString())
                .hasFieldOrPropertyWithValue("code", code);
    }
}
