package chat.parlance.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.testing.Await;
import chat.parlance.testing.Counters;
import chat.parlance.testing.Memory;
import chat.parlance.testing.RawSocket;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WebSocketIT {

    private static final String WS = "ws://" + TestNode.address() + "/ws";

    private final Rest alice = Rest.logIn(TestNode.address(), "alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "bob");

    @Test
    void shouldStoreAThousandMessagesInOneOrderWithoutAHole() {
        alice.post("/rooms", Map.of("roomId", "ws-1"));
        try (Socket sender = Socket.authenticated(TestNode.address(), alice.token());
                Socket reader = Socket.authenticated(TestNode.address(), bob.token())) {
            sender.join("ws-1", null);
            reader.join("ws-1", 0L);
            IntStream.range(0, 1000).forEach(i -> sender.post("ws-1", "ws1-" + i, "text " + i));
            List<Long> acks = IntStream.range(0, 1000)
                    .mapToObj(i -> sender.await("ack").getLong("seq"))
                    .toList();
            assertThat(acks).isSorted().doesNotHaveDuplicates();
            assertThat(reader.awaitEvents(1002).stream().map(event -> event.getLong("seq")))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 1002).boxed().toList());
            IntStream.range(0, 50).forEach(i -> sender.post("ws-1", "ws1-" + i, "text " + i));
            assertThat(IntStream.range(0, 50)
                            .mapToObj(i -> sender.await("ack").getLong("seq"))
                            .toList())
                    .isEqualTo(acks.subList(0, 50));
            assertThat(new JsonObject(alice.get("/rooms/ws-1").body()).getLong("head"))
                    .isEqualTo(1002);
        }
    }

    @Test
    void shouldKeepNothingOfTheHandshakeAndOfTheFirstPage() {
        alice.post("/rooms", Map.of("roomId", "ws-idle"));
        String page = "chat.parlance.room.EventPage";
        // Tails of rooms that others have read keep pages, too.
        long pages = Memory.instances(page);
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = Socket.authenticated(TestNode.address(), alice.token());
                idle.add(socket);
                socket.join("ws-idle", 0L);
                socket.awaitEvents(1);
            }
            String handshake = "io.vertx.core.http.impl.ServerWebSocketImpl";
            Await.until("no " + handshake + " is kept", 15_000, () -> Memory.instances(handshake) == 0);
            Await.until("no " + page + " of theirs is kept", 15_000, () -> Memory.instances(page) <= pages);
            assertThat(Memory.instances("chat.parlance.room.Subscription"))
                    .as("they are counted")
                    .isGreaterThanOrEqualTo(idle.size());
        } finally {
            idle.forEach(Socket::close);
        }
    }

    @Test
    void shouldRefuseAnIdThatWasUsedForAnotherMessage() {
        alice.post("/rooms", Map.of("roomId", "ws-2"));
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            socket.post("ws-2", "ws2-a", "one");
            assertThat(socket.await("ack").getLong("seq")).isEqualTo(2);
            socket.post("ws-2", "ws2-a", "two");
            assertThat(socket.await("error").getString("code")).isEqualTo("message.id_conflict");
        }
    }

    @Test
    void shouldResumeWhereAClientWasAndResetOneTooFarBehind() {
        alice.post("/rooms", Map.of("roomId", "ws-3"));
        try (Socket sender = Socket.authenticated(TestNode.address(), alice.token());
                Socket reader = Socket.authenticated(TestNode.address(), bob.token())) {
            reader.join("ws-3", null);
            IntStream.range(0, 1100).forEach(i -> sender.post("ws-3", "ws3-" + i, "text"));
            IntStream.range(0, 1100).forEach(i -> sender.await("ack"));
            try (Socket again = Socket.authenticated(TestNode.address(), bob.token())) {
                assertThat(again.join("ws-3", 1090L).getLong("head")).isEqualTo(1102);
                assertThat(again.awaitEvents(12).stream().map(event -> event.getLong("seq")))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1091, 1102).boxed().toList());
                again.join("ws-3", 5L);
                JsonObject reset = again.await("reset");
                assertThat(reset.getLong("since")).isEqualTo(5);
                assertThat(reset.getLong("head")).isEqualTo(1102);
                sender.post("ws-3", "ws3-live", "live");
                assertThat(again.awaitEvents(1).getFirst().getLong("seq")).isEqualTo(1103);
            }
        }
    }

    @Test
    void shouldResumeManyRoomsWithFewReadsAndKeepTheOrderOfLaterRequests() {
        int rooms = 40;
        IntStream.range(0, rooms).forEach(i -> alice.post("/rooms", Map.of("roomId", "ws-many-" + i)));
        String management = "127.0.0.1:" + TestNode.shared().managementPort();
        // The node reads the new rooms once after their notices; the second poll from now on starts after their
        // creation.
        String looks = "parlance_postgres_requests_total{for=\"watch\"}";
        Counters.await(management, looks, Counters.of(management, looks) + 2);
        double before = Counters.of(management, "parlance_postgres_requests_total{for=\"reads\"}");
        try (RawSocket socket = RawSocket.authenticated(TestNode.address(), alice.token())) {
            // In one write: of frames that a busy test sends one by one, each would find its read alone.
            socket.sendText(Stream.concat(
                            IntStream.range(0, rooms)
                                    .mapToObj("{\"type\":\"join\",\"roomId\":\"ws-many-%d\",\"since\":0}"::formatted),
                            Stream.of("{\"type\":\"ping\",\"ref\":\"after\"}"))
                    .toArray(String[]::new));
            Set<String> joined = new HashSet<>();
            JsonObject frame = new JsonObject(socket.awaitText());
            while (!frame.getString("type").equals("pong")) {
                if (frame.getString("type").equals("joined")) {
                    joined.add(frame.getString("roomId"));
                }
                frame = new JsonObject(socket.awaitText());
            }
            assertThat(joined).hasSize(rooms);
        }
        // A lone query runs at once, and the others together, sixteen at a time.
        assertThat(Counters.of(management, "parlance_postgres_requests_total{for=\"reads\"}") - before)
                .isLessThan(10);
    }

    @Test
    void shouldAnswerAnErrorAndContinue() {
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            socket.sendText("{");
            assertThat(socket.await("error").getString("code")).isEqualTo("bad_request");
            socket.sendText("{\"type\":\"dance\",\"ref\":\"9\"}");
            JsonObject unknown = socket.await("error");
            assertThat(unknown.getString("code")).isEqualTo("frame.unknown");
            assertThat(unknown.getString("ref")).isEqualTo("9");
            for (String room : List.of("no-such-room", "x".repeat(10_000))) {
                socket.sendText(
                        new JsonObject().put("type", "join").put("roomId", room).encode());
                assertThat(socket.await("error").getString("code")).isEqualTo("room.not_found");
            }
            socket.post("no-such-room", "ws4-a", "text");
            assertThat(socket.await("error").getString("code")).isEqualTo("room.not_found");
            socket.send(Map.of("type", "ping", "ref", "p"));
            assertThat(socket.await("pong").getString("ref")).isEqualTo("p");
        }
    }

    @Test
    void shouldAnswerEachWrongFrameWithItsRefAndContinue() {
        String deep = "[".repeat(1000) + "]".repeat(1000);
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            for (String frame : List.of(
                    "{'type':'ping','n':123456789012345678901234567890,'ref':'REF'}",
                    "{'ref':'REF','type':'join','roomId':'dev','since':1e999}",
                    "{'type':'ping','n':[{'m':-1e999}],'ref':'REF'}",
                    "{'type':'ping','type':'ping','ref':'REF'}",
                    "{'ref':'REF','type':'ping','x':DEEP}",
                    "{'type':'ping','x':DEEP,'ref':'REF'}",
                    "{'ref':'REF','type':'join','roomId':{},'since':'x'}",
                    "{'ref':'REF','type':'join','roomId':'dev','since':1.5}",
                    "{'ref':'REF','type':'join','roomId':'dev','since':-1}",
                    "{'type':7,'ref':'REF'}",
                    "{'type':'dance','ref':'REF'}",
                    "{'ref':'REF'}",
                    "{'ref':'REF','type':'post','roomId':'\\ud800','id':'a','text':'x'}",
                    "{'ref':'REF','type':'post','roomId':'dev','id':'\\ud800','text':'x'}",
                    "{'ref':'REF','type':'post','roomId':'dev','id':'half','text':'\\ud800'}",
                    "{'ref':'REF','type':'post','roomId':'dev','id':'nul','text':'\\u0000'}",
                    "{'ref':'REF','type':'react','roomId':'dev','id':'half-2','seq':1,'emoji':'\\ud800'}",
                    "{'ref':'REF','type':'createRoom','roomId':'half','name':'\\ud800'}",
                    "{'ref':'REF','type':'openDirect','userId':'\\ud800'}",
                    "{'ref':'REF','type':'changeMember','roomId':'dev','userId':'bob','change':'\\ud800'}")) {
                String ref = "ref " + frame.length() + frame.hashCode();
                socket.sendText(frame.replace("REF", ref).replace("DEEP", deep).replace('\'', '"'));
                JsonObject answer = socket.await(each -> ref.equals(each.getString("ref")));
                assertThat(answer.getString("type")).as(frame).isEqualTo("error");
                assertThat(answer.getString("code")).as(frame).isNotEqualTo("internal");
            }
            socket.send(Map.of("type", "ping", "ref", "p"));
            assertThat(socket.await("pong").getString("ref")).isEqualTo("p");
        }
    }

    @Test
    void shouldAnswerWithoutARefThatCannotBeRepeated() {
        try (Socket socket = Socket.authenticated(TestNode.address(), alice.token())) {
            for (String ref : List.of(
                    "7",
                    "-1.5",
                    "1e999",
                    "true",
                    "{}",
                    "['a']",
                    "'" + "x".repeat(65) + "'",
                    "'\\ud800'",
                    "'a\\udc00'")) {
                socket.sendText("{'type':'ping','ref':REF}".replace("REF", ref).replace('\'', '"'));
                JsonObject answer = socket.await("error");
                assertThat(answer.getString("code")).as(ref).isEqualTo("bad_request");
                assertThat(answer.containsKey("ref")).as(ref).isFalse();
            }
            socket.send(Map.of("type", "ping", "ref", "x".repeat(64)));
            assertThat(socket.await("pong").getString("ref")).hasSize(64);
        }
    }

    @Test
    void shouldCloseOnBinaryAndOnTooMuch() {
        try (Socket binary = Socket.authenticated(TestNode.address(), alice.token());
                Socket large = Socket.authenticated(TestNode.address(), alice.token())) {
            binary.sendBinary(new byte[] {1, 2});
            assertThat(binary.awaitClose()).isEqualTo(1003);
            large.sendText("x".repeat(1 << 20));
            assertThat(large.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void shouldCloseOnAForgedToken() {
        try (Socket forged = Socket.open(WS, Map.of())) {
            forged.send(Map.of("type", "auth", "token", alice.token() + "x"));
            assertThat(forged.await("error").getString("code")).isEqualTo("auth.invalid_token");
            assertThat(forged.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void shouldCloseTheSocketsOfASessionThatEnds() {
        Rest session = Rest.logIn(TestNode.address(), "bob");
        try (Socket socket = Socket.authenticated(TestNode.address(), session.token())) {
            session.send("DELETE", "/sessions/current", null);
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void shouldTakeCredentialsOnTheUpgradeAndRefuseForeignPages() {
        try (Socket socket = Socket.open(WS, Map.of("Authorization", "Bearer " + alice.token()))) {
            assertThat(socket.await("welcome").getString("userId")).isEqualTo("alice");
        }
        for (Map<String, String> headers : List.of(
                Map.of("Origin", "https://foreign.example", "Authorization", "Bearer " + alice.token()),
                Map.of("Origin", "null"),
                Map.of("Authorization", "Bearer nonsense"))) {
            assertThatThrownBy(() -> Socket.open(WS, headers).close())
                    .as(headers.toString())
                    .isInstanceOf(CompletionException.class);
        }
        assertThatThrownBy(() ->
                        Socket.open(WS + "?token=" + alice.token(), Map.of()).close())
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void shouldTellARemovedMemberAndThenNothing() {
        alice.post("/rooms", Map.of("roomId", "ws-5", "memberIds", List.of("bob")));
        try (Socket socket = Socket.authenticated(TestNode.address(), bob.token())) {
            socket.join("ws-5", null);
            alice.send("DELETE", "/rooms/ws-5/members/bob", null);
            // Acts of another class on the user may be told late, by the poll of the store.
            socket.await(frame -> frame.getString("type").equals("left") && "ws-5".equals(frame.getString("roomId")));
            socket.post("ws-5", "ws5-a", "still here?");
            assertThat(socket.await("error").getString("code")).isEqualTo("room.not_found");
        }
    }
}
