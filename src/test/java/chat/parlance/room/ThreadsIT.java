package chat.parlance.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Socket;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Followers of a thread, its unread replies, and the list of a user's threads. */
final class ThreadsIT {

    private final Rest alice = Rest.logIn(TestNode.address(), "threads-alice");
    private final Rest bob = Rest.logIn(TestNode.address(), "threads-bob");
    private final Rest guest = Rest.logIn(TestNode.address(), "threads-guest");
    private String room;
    private int ids;

    @BeforeEach
    void makeRoom(TestInfo test) {
        room = "threads-" + Integer.toHexString(test.getDisplayName().hashCode());
        alice.post("/rooms", Map.of("roomId", room, "memberIds", List.of("threads-bob", "threads-guest")));
    }

    @Test
    void shouldBeFollowedByItsAuthorItsRepliersAndMentionedUsers() {
        long first = post(alice, "question", null);
        assertThat(thread(alice, first)).isEqualTo(new ThreadState(first, false, 0, 0));
        long reply = post(bob, "answer", first);
        assertThat(thread(alice, first)).isEqualTo(new ThreadState(first, true, 1, 0));
        assertThat(thread(bob, first)).isEqualTo(new ThreadState(first, true, 0, 0));
        assertThat(thread(guest, first)).isEqualTo(new ThreadState(first, false, 0, 0));
        post(bob, "and you, @threads-guest?", reply);
        assertThat(thread(guest, reply)).isEqualTo(new ThreadState(first, true, 1, 1));
        post(alice, "thanks", first);
        assertThat(thread(alice, first)).isEqualTo(new ThreadState(first, true, 0, 0));
        assertThat(thread(bob, first)).isEqualTo(new ThreadState(first, true, 1, 0));
        assertThat(thread(guest, first)).isEqualTo(new ThreadState(first, true, 2, 1));
    }

    @Test
    void shouldBeFollowedByAUserMentionedInAnEdit() {
        long first = post(alice, "question", null);
        long reply = post(bob, "answer", first);
        edit(bob, reply, "answer for @threads-guest");
        assertThat(thread(guest, first)).isEqualTo(new ThreadState(first, true, 1, 1));
        follow(guest, "DELETE", first);
        edit(bob, reply, "another answer for @threads-guest");
        assertThat(thread(guest, first).following()).isFalse();
    }

    @Test
    void shouldBeFollowedAndUnfollowedAsTheUserLikesUntilItRepliesOrIsMentioned() {
        long first = post(alice, "question", null);
        post(bob, "answer", first);
        assertThat(follow(guest, "PUT", first)).isEqualTo(new ThreadState(first, true, 0, 0));
        long seen = post(bob, "more", first);
        assertThat(thread(guest, first)).isEqualTo(new ThreadState(first, true, 1, 0));
        assertThat(follow(guest, "DELETE", seen)).isEqualTo(new ThreadState(first, false, 0, 0));
        follow(alice, "DELETE", first);
        post(bob, "still more", first);
        assertThat(thread(alice, first).following()).as("began it").isFalse();
        assertThat(thread(guest, first).following()).isFalse();
        post(bob, "@threads-guest?", first);
        assertThat(thread(guest, first)).isEqualTo(new ThreadState(first, true, 1, 1));
        post(alice, "here I am", first);
        assertThat(thread(alice, first)).isEqualTo(new ThreadState(first, true, 0, 0));
    }

    @Test
    void shouldBeReadForthOnlyAndByTheStampOfItsMessage() {
        long first = post(alice, "question", null);
        long one = post(bob, "one", first);
        long two = post(bob, "two @threads-alice", first);
        String stamp = new JsonObject(alice.get(path("/messages/" + one)).body()).getString("stamp");
        assertThat(read(alice, first, one, stamp)).isEqualTo(new ThreadState(first, true, 1, 1));
        assertThat(Rest.code(alice.send("PUT", path("/threads/" + first + "/read"), target(two, stamp))))
                .isEqualTo("history.changed");
        assertThat(read(alice, first, 1_000_000, null)).isEqualTo(new ThreadState(first, true, 0, 0));
        assertThat(read(alice, first, one, stamp)).isEqualTo(new ThreadState(first, true, 0, 0));
        assertThat(read(guest, first, two, null)).isEqualTo(new ThreadState(first, false, 0, 0));
    }

    @Test
    void shouldBeListedUnreadFirstThenByItsLastReplyOverPages() {
        Rest lister = Rest.logIn(TestNode.address(), "threads-lister");
        lister.send("PUT", path("/members/threads-lister"), null);
        List<Long> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            threads.add(post(lister, "question " + i, null));
            post(bob, "answer " + i, threads.get(i));
        }
        post(bob, "once more @threads-lister", threads.get(1));
        read(lister, threads.get(2), 1_000_000, null);
        read(lister, threads.get(4), 1_000_000, null);
        JsonObject page = new JsonObject(lister.get("/threads?limit=2").body());
        assertThat(page.getInteger("unreadThreadCount")).isEqualTo(3);
        assertThat(page.getInteger("mentionCount")).isEqualTo(1);
        List<Long> listed = new ArrayList<>(threadsOf(page));
        while (page.containsKey("nextPage")) {
            page = new JsonObject(lister.get("/threads?limit=2&page=" + page.getString("nextPage"))
                    .body());
            listed.addAll(threadsOf(page));
        }
        assertThat(listed)
                .containsExactly(threads.get(1), threads.get(3), threads.get(0), threads.get(4), threads.get(2));
        lister.send("DELETE", path("/members/threads-lister"), null);
        assertThat(threadsOf(new JsonObject(lister.get("/threads").body()))).isEmpty();
        assertThat(Rest.code(lister.get("/threads?page=x"))).isEqualTo("bad_request");
    }

    @Test
    void shouldBeForMembersAlone() {
        long first = post(alice, "question", null);
        Rest stranger = Rest.logIn(TestNode.address(), "threads-stranger");
        for (HttpResponse<String> refused : List.of(
                stranger.get(path("/threads/" + first)),
                stranger.send("PUT", path("/threads/" + first + "/follow"), null),
                stranger.send("DELETE", path("/threads/" + first + "/follow"), null),
                stranger.send("PUT", path("/threads/" + first + "/read"), target(first, null)))) {
            assertThat(Rest.code(refused)).isEqualTo("room.forbidden");
        }
        assertThat(Rest.code(alice.get(path("/threads/999")))).isEqualTo("message.not_found");
        assertThat(Rest.code(alice.get(path("/threads/1")))).as("a join").isEqualTo("message.not_found");
    }

    @Test
    void shouldBeToldToAllConnectionsOfItsUser() {
        long first = post(alice, "question", null);
        try (Socket desk = Socket.authenticated(TestNode.address(), alice.token())) {
            desk.send(Map.of("type", "ping"));
            desk.await("pong");
            post(bob, "answer @threads-alice", first);
            assertThat(told(desk)).isEqualTo(new ThreadState(first, true, 1, 1));
            read(alice, first, 1_000_000, null);
            assertThat(told(desk)).isEqualTo(new ThreadState(first, true, 0, 0));
            follow(alice, "DELETE", first);
            assertThat(told(desk)).isEqualTo(new ThreadState(first, false, 0, 0));
        }
    }

    private record ThreadState(long thread, boolean following, int unread, int mentions) {

        static ThreadState of(JsonObject json) {
            return new ThreadState(
                    json.getLong("thread"),
                    json.getBoolean("following"),
                    json.getInteger("unreadCount"),
                    json.getInteger("mentionCount"));
        }

        static ThreadState of(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return of(new JsonObject(answer.body()));
        }
    }

    private ThreadState told(Socket socket) {
        return ThreadState.of(socket.await(
                frame -> "thread".equals(frame.getString("type")) && room.equals(frame.getString("roomId"))));
    }

    private ThreadState thread(Rest user, long message) {
        return ThreadState.of(user.get(path("/threads/" + message)));
    }

    private ThreadState follow(Rest user, String method, long message) {
        return ThreadState.of(user.send(method, path("/threads/" + message + "/follow"), null));
    }

    private ThreadState read(Rest user, long message, long seq, @Nullable String stamp) {
        return ThreadState.of(user.send("PUT", path("/threads/" + message + "/read"), target(seq, stamp)));
    }

    private static String target(long seq, @Nullable String stamp) {
        JsonObject target = new JsonObject().put("seq", seq);
        return (stamp == null ? target : target.put("stamp", stamp)).encode();
    }

    private List<Long> threadsOf(JsonObject page) {
        return page.getJsonArray("threads").stream()
                .map(JsonObject.class::cast)
                .filter(thread -> room.equals(thread.getString("roomId")))
                .map(thread -> thread.getJsonObject("first").getLong("seq"))
                .toList();
    }

    private long post(Rest user, String text, @Nullable Long replyTo) {
        JsonObject body = new JsonObject().put("id", room + "-" + ids++).put("text", text);
        if (replyTo != null) {
            body.put("replyTo", replyTo);
        }
        HttpResponse<String> posted = user.send("POST", path("/messages"), body.encode());
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(201);
        return new JsonObject(posted.body()).getLong("seq");
    }

    private void edit(Rest user, long seq, String text) {
        String body =
                new JsonObject().put("id", room + "-" + ids++).put("text", text).encode();
        assertThat(user.send("PATCH", path("/messages/" + seq), body).statusCode())
                .isEqualTo(200);
    }

    private String path(String rest) {
        return "/rooms/" + room + rest;
    }
}
