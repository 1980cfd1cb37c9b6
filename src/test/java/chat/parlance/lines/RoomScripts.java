package chat.parlance.lines;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import java.util.Map;
import java.util.function.Consumer;

/** Scripts of the commands for rooms and their members, one for each. */
final class RoomScripts {

    static final Map<String, Consumer<LineScene>> ALL = Map.ofEntries(
            entry("rooms", scene -> {
                scene.bob().ask("/rooms " + scene.room(), "* " + scene.room() + " (public, member)");
                scene.bob().ask("/rooms no such room", "* There is no such room.");
            }),
            entry("unread", scene -> {
                scene.alice().ask("hello @line-bob", "[3]");
                scene.bob().ask("/unread", "* " + scene.room() + " (public, member, 1 unread, 1 with your name)");
                // An edit of what was read calls somebody, too.
                scene.alice().ask("lunch?", "[4]");
                scene.bob().ask("/read", "* You have read " + scene.room() + " up to [4].");
                scene.alice().ask("/edit 4 lunch, @line-bob?", "lunch, @line-bob?");
                scene.bob().ask("/unread", "1 with your name)");
                Rest reader = Rest.logIn(TestNode.address(), "line-reader");
                try (Terminal none = Terminal.of(reader)) {
                    none.ask("/unread", "* You have read everything.");
                }
            }),
            entry("read", scene -> {
                scene.alice().ask("one", "[3]");
                scene.alice().ask("two", "[4]");
                scene.bob().ask("/read 3", "* You have read " + scene.room() + " up to [3].");
                scene.bob().ask("/unread", scene.room() + " (public, member, 1 unread)");
                scene.bob().ask("/read", "* You have read " + scene.room() + " up to [4].");
                scene.bob().ask("/read soon", "Usage: /read [SEQ]");
            }),
            entry("mark", scene -> {
                scene.alice().ask("one", "[3]");
                scene.alice().ask("two", "[4]");
                scene.bob().ask("/read", "* You have read " + scene.room() + " up to [4].");
                scene.bob().ask("/mark 4", "* You have read " + scene.room() + " up to [3].");
                scene.bob().ask("/unread", "* " + scene.room() + " (public, member, 1 unread)");
            }),
            entry("create", scene -> {
                scene.bob().ask("/create line-made private", "* You are in line-made.");
                scene.bob().ask("/create line-made", "(room.exists)");
                scene.bob().ask("/create line-x secret", "A room is public or private. Usage: /create");
                scene.alice().ask("/rooms line-made", "* There is no such room.");
            }),
            entry("join", scene -> {
                scene.alice().ask("one", "[3]");
                assertThat(scene.bob().ask("/join " + scene.room() + " 2", "line-alice: one"))
                        .startsWith("[3] ");
                scene.bob().ask("/join #nowhere", "(room.not_found)");
                scene.bob().ask("/join " + scene.room() + " soon", "Usage: /join ROOM [SINCE]");
            }),
            entry("leave", scene -> {
                scene.bob().ask("/leave", "* You left " + scene.room());
                scene.alice().sees("* line-bob left");
                scene.bob().ask("hello?", "! You are in no room, /join ROOM joins one");
                scene.alice().ask("/exitRoom", "(room.last_owner)");
                scene.bob().ask("/part nowhere", "(room.not_found)");
            }),
            entry("msg", scene -> {
                scene.bob().ask("/msg @line-alice psst", "* line-alice (direct)");
                scene.bob().sees("line-bob: psst");
                scene.bob().ask("/msg line-alice again", "line-bob: again");
                assertThat(scene.alice().sees("line-bob: psst")).startsWith("@line-bob [3] ");
                scene.alice().ask("still in the room", "line-alice: still in the room");
                scene.alice().ask("/query line-bob", "* line-bob (direct");
                scene.alice().sees("line-bob: psst");
                scene.alice().ask("/join " + scene.room(), "* You are in");
                scene.bob().ask("are you there?", "line-bob: are you there?");
                assertThat(scene.alice().sees("are you there?")).startsWith("@line-bob [5] ");
                scene.bob().ask("/msg line-nobody hi", "(user.not_found)");
                scene.bob().ask("/msg line-bob hi", "(bad_request)");
            }),
            entry("invitations", scene -> {
                scene.bob().ask("/invitations", "* You have no invitation.");
                invite(scene, "line-invitations");
                scene.bob().ask("/invitations", "* line-invitations (private, invited)");
                scene.bob().ask("/decline", "* You declined");
            }),
            entry("accept", scene -> {
                scene.bob().ask("/accept", "! You have no invitation (room.not_found)");
                invite(scene, "line-accept");
                scene.bob().ask("/accept", "* You are in line-accept.");
                scene.alice().sees("* line-bob joined");
            }),
            entry("decline", scene -> {
                invite(scene, "line-decline-1");
                invite(scene, "line-decline-2");
                scene.bob().ask("/decline", "! You have several invitations, say the room. Usage: /decline [ROOM]");
                scene.bob().ask("/decline line-decline-2", "* You declined to join line-decline-2.");
                scene.alice().sees("* line-bob declined the invitation");
                scene.bob().ask("/decline", "* You declined to join line-decline-1.");
            }),
            entry("info", scene -> {
                scene.alice().ask("/describe All that grows", "* line-alice set the description to: All that grows");
                scene.bob()
                        .ask(
                                "/info",
                                "* " + scene.room() + " (public, member)",
                                "  about: All that grows",
                                "* 3 events");
            }),
            entry("star", scene -> {
                scene.bob().ask("/star", "* " + scene.room() + ": starred.");
                scene.bob().ask("/rooms " + scene.room(), "(public, member, starred)");
                scene.alice().ask("/rooms " + scene.room(), "(public, owner)");
                scene.bob().ask("/star nowhere", "(room.not_found)");
            }),
            entry("unstar", scene -> {
                scene.bob().ask("/star " + scene.room(), "starred.");
                scene.bob()
                        .ask("/unstar #" + scene.room(), "* " + scene.room() + ": not starred, news of every message.");
            }),
            entry("notify", scene -> {
                scene.bob().ask("/notify loud", "! A level is all, mentions or none. Usage: /notify LEVEL [ROOM]");
                scene.bob().ask("/notify mentions", "* " + scene.room() + ": news of mentions.");
                scene.alice().ask("hello", "[3]");
                assertThat(scene.bob().ask("/unread", "* ")).doesNotContain(scene.room());
                scene.alice().ask("hello @line-bob", "[4]");
                scene.bob()
                        .ask(
                                "/unread",
                                scene.room() + " (public, member, 2 unread, 1 with your name, news of mentions)");
                scene.bob().ask("/notify NONE " + scene.room(), "no news");
                assertThat(scene.bob().ask("/unread", "* ")).doesNotContain(scene.room());
            }),
            entry("hide", scene -> {
                scene.bob().ask("/hide", "* " + scene.room() + ": hidden until the next message.");
                assertThat(LineScene.BOB.get("/rooms/" + scene.room()).body()).contains("\"hiddenTo\":2");
            }),
            entry("unhide", scene -> {
                scene.bob().ask("/hide", "hidden until");
                scene.bob().ask("/unhide " + scene.room(), "* " + scene.room() + ": not starred");
            }),
            entry("topic", scene -> {
                scene.alice().ask("/topic Tomatoes and more", "* line-alice set the topic to: Tomatoes and more");
                scene.bob().ask("/topic", "* " + scene.room() + " (public, member): Tomatoes and more");
                scene.bob().ask("/topic Potatoes", "(room.forbidden)");
                scene.alice().ask("/topic Tomatoes and more", "* It is so already.");
                scene.alice().ask("/topic -", "* line-alice set the topic to: ");
            }),
            entry("rename", scene -> {
                scene.alice().ask("/rename The Garden", "* line-alice set the name to: The Garden");
                scene.bob().ask("/info", "  name: The Garden");
            }),
            entry("describe", scene -> scene.bob().ask("/describe mine", "(room.forbidden)")),
            entry("archive", scene -> {
                scene.bob().ask("/archive", "(room.forbidden)");
                scene.alice().ask("/archive", "* line-alice archived the room");
                scene.bob().ask("hello?", "(room.archived)");
            }),
            entry("unarchive", scene -> {
                scene.alice().ask("/unarchive", "* It is so already.");
                scene.alice().ask("/archive", "archived the room");
                scene.alice().ask("/unarchive", "* line-alice opened the room again");
            }),
            entry("who", scene -> {
                scene.bob().askUntil("/who", "line-alice (owner), online");
                scene.alice().ask("/create line-elsewhere", "* You are in line-elsewhere.");
                assertThat(scene.bob().askUntil("/who", "line-alice (owner), away"))
                        .contains("* line-bob (member), online");
            }),
            entry("arrivals", scene -> {
                scene.bob().askUntil("/who", "line-alice (owner), online");
                scene.bob().ask("/arrivals", "* You are told who comes and goes.");
                scene.alice().ask("/create line-arrivals", "* You are in line-arrivals.");
                scene.bob().sees("* line-alice is away.");
                scene.alice().ask("/join " + scene.room(), "* You are in");
                scene.bob().sees("* line-alice is online.");
                scene.bob().ask("/arrivals", "* You are no longer told");
            }),
            entry("find", scene -> {
                scene.bob().ask("/find Line-ali", "* line-alice (line-alice)");
                scene.bob().ask("/find nobody at all", "* Nobody is called so.");
            }),
            entry("invite", scene -> {
                scene.alice().ask("/invite line-guest", "(user.not_found)");
                scene.bob().ask("/invite line-alice", "(room.forbidden)");
                invite(scene, "line-invite");
                scene.bob().ask("/accept line-invite", "* You are in line-invite.");
            }),
            entry("uninvite", scene -> {
                invite(scene, "line-uninvite");
                scene.alice().ask("/uninvite line-bob", "* line-alice took back the invitation of line-bob");
                scene.bob().ask("/accept line-uninvite", "(room.not_found)");
            }),
            entry("invited", scene -> {
                scene.alice().ask("/invited", "* Nobody is invited.");
                invite(scene, "line-invited");
                scene.alice().ask("/invited", "* line-bob (invited)");
                scene.bob().ask("/decline line-invited", "* You declined");
            }),
            entry("kick", scene -> {
                scene.bob().ask("/kick line-alice", "(room.forbidden)");
                scene.alice().ask("/kick line-guest", "(member.not_found)");
                scene.alice().ask("/kick line-bob", "* line-alice removed line-bob");
                scene.bob().sees("* You left " + scene.room());
                scene.bob().ask("hello?", "! You are in no room");
            }),
            entry("ban", scene -> {
                scene.alice().ask("/ban line-bob", "* line-alice banned line-bob");
                scene.bob().sees("* You left " + scene.room());
                scene.bob().ask("/join " + scene.room(), "(room.banned)");
            }),
            entry("unban", scene -> {
                scene.alice().ask("/ban line-bob", "banned line-bob");
                scene.alice().ask("/unban line-bob", "* line-alice unbanned line-bob");
                scene.bob().ask("/join " + scene.room(), "* You are in");
            }),
            entry("bans", scene -> {
                scene.bob().ask("/bans", "(room.forbidden)");
                scene.alice().ask("/bans", "* Nobody is banned.");
                scene.alice().ask("/ban line-bob", "banned line-bob");
                scene.alice().ask("/bans", "* line-bob (banned)");
            }),
            entry("mute", scene -> {
                scene.alice().ask("/mute line-bob", "* line-alice muted line-bob");
                scene.bob().ask("mpf", "(room.muted)");
                scene.alice().ask("/mute line-bob", "* It is so already.");
                scene.alice().ask("/who", "* line-bob (member, muted)");
            }),
            entry("unmute", scene -> {
                scene.alice().ask("/mute line-bob", "muted line-bob");
                scene.alice().ask("/unmute line-bob", "* line-alice unmuted line-bob");
                scene.bob().ask("thanks", "line-bob: thanks");
            }),
            entry("role", scene -> {
                scene.bob().ask("/role line-bob owner", "(room.forbidden)");
                scene.alice().ask("/role line-bob king", "A role is owner, admin or member. Usage: /role USER ROLE");
                scene.alice().ask("/role line-bob admin", "* line-alice made line-bob admin");
                scene.bob().ask("/topic Mine", "set the topic");
            }),
            entry("owner", scene -> {
                scene.alice().ask("/owner line-alice", "(bad_request)");
                scene.alice().ask("/owner line-bob", "* line-alice made line-bob owner");
                scene.bob().ask("/who", "* line-alice (admin)", "* line-bob (owner)");
            }));

    private RoomScripts() {}

    /** Alice goes to a new private room and invites bob. */
    private static void invite(LineScene scene, String room) {
        scene.alice().ask("/create " + room + " private", "* You are in " + room);
        scene.alice().ask("/invite line-bob", "* line-alice invited line-bob");
        scene.bob().sees("* line-alice invited you to #" + room + ": /accept " + room + " or /decline " + room);
    }
}
