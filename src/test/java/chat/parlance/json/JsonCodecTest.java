package chat.parlance.json;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.ClientId;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.Target;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.room.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCodecTest {

    @Test
    void shouldDecodeTheFramesOfTheContract() {
        assertThat(JsonCodec.decode("{\"type\":\"join\",\"ref\":\"2\",\"roomId\":\"dev\",\"since\":40}"))
                .isEqualTo(new ClientFrame.Join("2", new RoomId("dev"), new Since(40, null)));
        assertThat(JsonCodec.decode("{\"type\":\"join\",\"roomId\":\"dev\",\"since\":40,\"stamp\":\"AAAAAAAo\"}"))
                .isEqualTo(new ClientFrame.Join(null, new RoomId("dev"), new Since(40, new Stamp(40))));
        assertThat(JsonCodec.decode(
                        "{\"type\":\"post\",\"roomId\":\"dev\",\"id\":\"a-1\",\"text\":\"hi\",\"new\":{\"x\":[1]}}"))
                .isEqualTo(new ClientFrame.Post(
                        null, new RoomId("dev"), new PostRequest(new EventBody.Message(new ClientId("a-1"), "hi"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'post','replyTo':43,'text':'hi'}",
                "{'type':'edit','seq':43,'text':'hi'}",
                "{'type':'delete','seq':43}",
                "{'type':'react','seq':43,'emoji':'👍'}",
                "{'type':'pin','seq':43}",
                "{'type':'markRead','seq':43}"
            })
    void shouldDecodeTheStampOfATarget(String frame) {
        String text = frame.replace("}", ",'roomId':'dev','id':'a-1'}").replace('\'', '"');
        assertThat(target(JsonCodec.decode(text))).isEqualTo(new Target(43, null));
        assertThat(target(JsonCodec.decode(text.replace("}", ",\"stamp\":null}"))))
                .isEqualTo(new Target(43, null));
        assertThat(target(JsonCodec.decode(text.replace("}", ",\"stamp\":\"Zk3_a9Qx\"}"))))
                .isEqualTo(new Target(43, Stamp.parse("Zk3_a9Qx")));
        for (String bad :
                List.of("\"\"", "\"Zk3_a9Q\"", "\"Zk3_a9Qxx\"", "\"Zk3+a9Qx\"", "\"Zk3/a9Q=\"", "1", "[]", "{}")) {
            assertThat(code(text.replace("}", ",\"stamp\":" + bad + "}")))
                    .as(bad)
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    /** As in REST: {@code RestIT#shouldTakeABlankTextForAMissingOne}. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\u3000\u2028", "\\t\\n"})
    void shouldTakeABlankTextOfANewRoomForAMissingOne(String blank) {
        String frame = "{'type':'createRoom','roomId':'garden','name':'B','topic':'B','description':'B'}";
        assertThat(JsonCodec.decode(frame.replace('\'', '"').replace("B", blank)))
                .isInstanceOfSatisfying(
                        ClientFrame.CreateRoom.class,
                        create -> assertThat(create.profile()).isEqualTo(new RoomProfile("garden", "", "")));
    }

    @Test
    void shouldRefuseAStampThatBelongsToNothing() {
        assertThat(code("{\"type\":\"post\",\"roomId\":\"dev\",\"id\":\"a-1\",\"text\":\"hi\",\"stamp\":\"Zk3_a9Qx\"}"))
                .isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{\"type\":\"ping\"} x",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":1}",
                "{\"type\":\"join\",\"roomId\":\"dev\",\"since\":-1}",
                "{\"type\":\"join\",\"roomId\":\"dev\",\"since\":1e999}",
                "{\"type\":\"join\",\"roomId\":\"dev\",\"since\":1,\"stamp\":\"short\"}",
                "{\"type\":\"join\",\"roomId\":\"dev\",\"since\":1,\"stamp\":1}",
                "{\"type\":\"join\",\"roomId\":\"dev\",\"stamp\":\"AAAAAAAo\"}",
                "{\"type\":\"join\",\"roomId\":\"dev\",\"since\":99999999999999999999}",
                "{\"type\":\"post\",\"roomId\":\"dev\",\"id\":\"bad id\",\"text\":\"hi\"}"
            })
    void shouldRefuseAMalformedFrame(String text) {
        assertThat(code(text)).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'ping','n':9223372036854775808,'ref':'7'}",
                "{'ref':'7','type':'ping','n':-9223372036854775809}",
                "{'type':'ping','n':NUMBER,'ref':'7'}",
                "{'type':'ping','n':1e999,'ref':'7'}",
                "{'type':'ping','n':-1e999,'ref':'7'}",
                "{'type':'ping','n':1e99999999999,'ref':'7'}",
                "{'type':'ping','n':0.NUMBER,'ref':'7'}",
                "{'type':'ping','n':['a',1e999],'ref':'7'}",
                "{'type':'ping','n':{'m':{'o':[99999999999999999999]}},'ref':'7'}",
                "{'type':'ping','NAME':1,'ref':'7'}",
                "{'type':'ping','type':'ping','ref':'7'}",
                "{'ref':'7','ref':'7','type':'ping'}",
                "{'type':'ping','x':{'y':1,'y':2},'ref':'7'}",
                "{'type':'ping','x':DEEP,'ref':'7'}",
                "{'ref':'7','type':'ping','x':DEEP}",
                "{'ref':'7','type':'post','text':'cut o",
                "{'ref':'7','type':'ping'",
                "{'ref':'7','type':'ping','x':NaN}",
                "{'ref':'7','type':'ping','x':01}",
                "{'ref':'7','type':'ping'} {}",
                "{'ref':'7','type':1}",
                "{'ref':'7','type':null}",
                "{'ref':'7'}",
                "{'ref':'7','type':'join','roomId':'dev','since':1.0}",
                "{'ref':'7','type':'join','roomId':'dev','since':-1}",
                "{'ref':'7','type':'join','roomId':['dev']}",
                "{'ref':'7','type':'post','roomId':'dev','id':7,'text':'x'}",
                "{'ref':'7','type':'pin','roomId':'dev','id':'a','seq':1,'removed':'yes'}",
            })
    void shouldRefuseAFrameWithItsRef(String frame) {
        String text = frame.replace('\'', '"')
                .replace("NUMBER", "1234567890".repeat(10))
                .replace("NAME", "name".repeat(100))
                .replace("DEEP", "[{\"a\":".repeat(500) + "1" + "}]".repeat(500));
        assertThat(JsonCodec.decode(text)).isInstanceOfSatisfying(ClientFrame.Invalid.class, invalid -> {
            assertThat(invalid.ref()).isEqualTo("7");
            assertThat(invalid.reason().code()).isEqualTo(ErrorCode.BAD_REQUEST);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ref':7,'type':'ping'}",
                "{'ref':123456789012345678901234567890,'type':'ping'}",
                "{'ref':1e999,'type':'ping'}",
                "{'ref':{'ref':'7'},'type':'ping'}",
                "{'ref':['7'],'type':'ping'}",
                "{'x':{'ref':'7'},'type':1}",
                "{'ref':'LONG','type':'ping'}",
                "{'ref':'\\ud800','type':'ping'}",
                "{'ref':'a\\udc00\\ud800','type':'ping'}",
                "{'ref':'cut o",
                "[{'ref':'7','type':'ping'}]",
            })
    void shouldRefuseAFrameWithoutARefThatCannotBeRepeated(String frame) {
        String text = frame.replace('\'', '"').replace("LONG", "x".repeat(65));
        assertThat(JsonCodec.decode(text)).isInstanceOfSatisfying(ClientFrame.Invalid.class, invalid -> {
            assertThat(invalid.ref()).isNull();
            assertThat(invalid.reason().code()).isEqualTo(ErrorCode.BAD_REQUEST);
        });
    }

    /** Code of the error of an invalid frame. */
    private static ErrorCode code(String text) {
        return switch (JsonCodec.decode(text)) {
            case ClientFrame.Invalid invalid -> invalid.reason().code();
            case ClientFrame frame -> throw new AssertionError(frame);
        };
    }

    private static Target target(ClientFrame frame) {
        return switch (frame) {
            case ClientFrame.Post post ->
                new Target(
                        Objects.requireNonNull(post.request().body().target()),
                        post.request().targetStamp());
            case ClientFrame.MarkRead read -> read.target();
            default -> throw new AssertionError(frame);
        };
    }

    @Test
    void shouldRefuseDepthWithoutFollowingIt() {
        String deep = "{\"type\":\"ping\",\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
        assertThat(JsonCodec.decode(deep)).isInstanceOf(ClientFrame.Invalid.class);
    }

    @Test
    void shouldAnswerAnUnknownTypeWithItsRef() {
        assertThat(JsonCodec.decode("{\"type\":\"zzz\",\"ref\":\"7\"}"))
                .isInstanceOfSatisfying(ClientFrame.Invalid.class, invalid -> {
                    assertThat(invalid.ref()).isEqualTo("7");
                    assertThat(invalid.reason().code()).isEqualTo(ErrorCode.FRAME_UNKNOWN);
                });
    }

    @Test
    void shouldWriteOneEventAsEventAndSeveralAsEvents() {
        RoomId dev = new RoomId("dev");
        Event first = Fixtures.message("dev", 1);
        assertThat(new String(JsonCodec.encodeEvents(dev, List.of(first)), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"type\":\"event\",\"roomId\":\"dev\",\"seq\":1,\"stamp\":\"AAAAAAAB\",\"kind\":\"message\",\"sender\":\"alice\",\"id\":\"m1\",\"at\":\"1970-01-01T00:16:40.001Z\",\"text\":\"text"
                            + " 1\"}");
        assertThat(new String(
                        JsonCodec.encodeEvents(dev, List.of(first, Fixtures.left("dev", 2, Fixtures.BOB))),
                        StandardCharsets.UTF_8))
                .startsWith("{\"type\":\"events\",\"roomId\":\"dev\",\"events\":[{")
                .endsWith("\"userId\":\"bob\",\"change\":\"left\"}]}");
    }
}
