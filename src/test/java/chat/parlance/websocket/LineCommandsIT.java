package chat.parlance.websocket;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.NodeJs;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of line mode, typed at a node. */
final class LineCommandsIT {

    private static final long SEED = 16;
    private static final Rest ALICE = Rest.logIn(TestNode.address(), "line-alice");
    private static final Rest BOB = Rest.logIn(TestNode.address(), "line-bob");

    /** A room in which both are, alice as owner; its events 1 and 2 are their coming. */
    private record Scene(String room, Terminal alice, Terminal bob) {}

    private static final Map<String, Consumer<Scene>> SCRIPTS = Map.ofEntries(
            entry("register", scene -> {
                try (Terminal nobody = Terminal.open()) {
                    nobody.ask("/register line-bob some-pass-word", "! ", "(user.exists)");
                    nobody.ask("/register line-new short", "(bad_request)");
                    nobody.ask("/register line-new some-pass-word New Comer", "* You are line-new.");
                    nobody.ask("/join " + scene.room, "* You are in");
                    assertThat(BOB.get("/rooms/" + scene.room + "/members").body())
                            .contains("New Comer");
                }
            }),
            entry("login", scene -> {
                try (Terminal nobody = Terminal.open()) {
                    nobody.ask("/login line-bob not the password", "! Unknown user or wrong password");
                    nobody.ask("/login line-bob " + Rest.PASSWORD, "* You are line-bob.");
                }
            }),
            entry("logout", scene -> {
                try (Terminal leaver = Terminal.of(Rest.logIn(TestNode.address(), "line-bob"))) {
                    leaver.ask("/logout", "* You are logged out.");
                    leaver.ask("/rooms", "(auth.required)");
                }
            }),
            entry("password", scene -> {
                Rest.logIn(TestNode.address(), "line-password");
                try (Terminal mine = Terminal.open();
                        Terminal again = Terminal.open()) {
                    mine.ask("/login line-password " + Rest.PASSWORD, "* You are line-password.");
                    mine.ask("/password wrong-one tomato-soup-7", "(auth.invalid_credentials)");
                    mine.ask("/password \"" + Rest.PASSWORD + "\" password123", "(password.weak)");
                    mine.ask("/password \"" + Rest.PASSWORD + "\" tomato soup 7", "* Your password is changed.");
                    again.ask("/login line-password " + Rest.PASSWORD, "(auth.invalid_credentials)");
                    again.ask("/login line-password tomato soup 7", "* You are line-password.");
                }
            }),
            entry("sessions", scene -> {
                try (Terminal mine = Terminal.of(Rest.logIn(TestNode.address(), "line-sessions"))) {
                    assertThat(mine.ask("/sessions", ", this one)"))
                            .matches("\\* [0-9a-f]{8} \\(Java-http-client.*, since .* [0-9:]{5}, used .*, this one\\)");
                }
            }),
            entry("end", scene -> {
                Rest.logIn(TestNode.address(), "line-end");
                try (Terminal mine = Terminal.open();
                        Terminal other = Terminal.open()) {
                    other.ask("/login line-end " + Rest.PASSWORD, "* You are line-end.");
                    mine.ask("/login line-end " + Rest.PASSWORD, "* You are line-end.");
                    mine.ask("/end 00000000", "! You have no such session", "(not_found)");
                    String listed = mine.ask("/sessions", "this one");
                    assertThat(listed.lines()).hasSize(3);
                    String another = listed.lines()
                            .filter(line -> line.contains("a terminal") && !line.contains("this one"))
                            .findFirst()
                            .orElseThrow();
                    mine.ask("/end " + another.substring(2, 10), "* Done.");
                    assertThat(other.socket().awaitClose()).isEqualTo(4401);
                    mine.ask("/end others", "* Done.");
                    assertThat(mine.ask("/sessions", "this one").lines()).hasSize(1);
                }
            }),
            entry("quit", scene -> {
                scene.bob.ask("/quit", "* Bye.");
                assertThat(scene.bob.socket().awaitClose()).isEqualTo(1000);
            }),
            entry("help", scene -> {
                assertThat(scene.bob.ask("/help", "/register USER"))
                        .contains(LineCommands.TABLE.stream()
                                .map(LineCommand::usage)
                                .toList());
                scene.bob.ask("/commands", "/register USER");
                scene.bob.ask("/help /Kick", "/kick USER", "remove a member", "Example: /kick bob");
                scene.bob.ask("/help dance", "! No such command: /dance", "(frame.unknown)");
            }),
            entry("rooms", scene -> {
                scene.bob.ask("/rooms " + scene.room, "* " + scene.room + " (public, member)");
                scene.bob.ask("/rooms no such room", "* There is no such room.");
            }),
            entry("unread", scene -> {
                scene.alice.ask("hello @line-bob", "[3]");
                scene.bob.ask("/unread", "* " + scene.room + " (public, member, 1 unread, 1 with your name)");
                // An edit of what was read calls somebody, too.
                scene.alice.ask("lunch?", "[4]");
                scene.bob.ask("/read", "* You have read " + scene.room + " up to [4].");
                scene.alice.ask("/edit 4 lunch, @line-bob?", "lunch, @line-bob?");
                scene.bob.ask("/unread", "1 with your name)");
                Rest reader = Rest.logIn(TestNode.address(), "line-reader");
                try (Terminal none = Terminal.of(reader)) {
                    none.ask("/unread", "* You have read everything.");
                }
            }),
            entry("read", scene -> {
                scene.alice.ask("one", "[3]");
                scene.alice.ask("two", "[4]");
                scene.bob.ask("/read 3", "* You have read " + scene.room + " up to [3].");
                scene.bob.ask("/unread", scene.room + " (public, member, 1 unread)");
                scene.bob.ask("/read", "* You have read " + scene.room + " up to [4].");
                scene.bob.ask("/read soon", "Usage: /read [SEQ]");
            }),
            entry("mark", scene -> {
                scene.alice.ask("one", "[3]");
                scene.alice.ask("two", "[4]");
                scene.bob.ask("/read", "* You have read " + scene.room + " up to [4].");
                scene.bob.ask("/mark 4", "* You have read " + scene.room + " up to [3].");
                scene.bob.ask("/unread", "* " + scene.room + " (public, member, 1 unread)");
            }),
            entry("create", scene -> {
                scene.bob.ask("/create line-made private", "* You are in line-made.");
                scene.bob.ask("/create line-made", "(room.exists)");
                scene.bob.ask("/create line-x secret", "A room is public or private. Usage: /create");
                scene.alice.ask("/rooms line-made", "* There is no such room.");
            }),
            entry("join", scene -> {
                scene.alice.ask("one", "[3]");
                assertThat(scene.bob.ask("/join " + scene.room + " 2", "line-alice: one"))
                        .startsWith("[3] ");
                scene.bob.ask("/join #nowhere", "(room.not_found)");
                scene.bob.ask("/join " + scene.room + " soon", "Usage: /join ROOM [SINCE]");
            }),
            entry("leave", scene -> {
                scene.bob.ask("/leave", "* You left " + scene.room);
                scene.alice.sees("* line-bob left");
                scene.bob.ask("hello?", "! You are in no room, /join ROOM joins one");
                scene.alice.ask("/exitRoom", "(room.last_owner)");
                scene.bob.ask("/part nowhere", "(room.not_found)");
            }),
            entry("msg", scene -> {
                scene.bob.ask("/msg @line-alice psst", "* line-alice (direct)");
                scene.bob.sees("line-bob: psst");
                scene.bob.ask("/msg line-alice again", "line-bob: again");
                assertThat(scene.alice.sees("line-bob: psst")).startsWith("@line-bob [3] ");
                scene.alice.ask("still in the room", "line-alice: still in the room");
                scene.alice.ask("/query line-bob", "* line-bob (direct");
                scene.alice.sees("line-bob: psst");
                scene.alice.ask("/join " + scene.room, "* You are in");
                scene.bob.ask("are you there?", "line-bob: are you there?");
                assertThat(scene.alice.sees("are you there?")).startsWith("@line-bob [5] ");
                scene.bob.ask("/msg line-nobody hi", "(user.not_found)");
                scene.bob.ask("/msg line-bob hi", "(bad_request)");
            }),
            entry("invitations", scene -> {
                scene.bob.ask("/invitations", "* You have no invitation.");
                invite(scene, "line-invitations");
                scene.bob.ask("/invitations", "* line-invitations (private, invited)");
                scene.bob.ask("/decline", "* You declined");
            }),
            entry("accept", scene -> {
                scene.bob.ask("/accept", "! You have no invitation (room.not_found)");
                invite(scene, "line-accept");
                scene.bob.ask("/accept", "* You are in line-accept.");
                scene.alice.sees("* line-bob joined");
            }),
            entry("decline", scene -> {
                invite(scene, "line-decline-1");
                invite(scene, "line-decline-2");
                scene.bob.ask("/decline", "! You have several invitations, say the room. Usage: /decline [ROOM]");
                scene.bob.ask("/decline line-decline-2", "* You declined to join line-decline-2.");
                scene.alice.sees("* line-bob declined the invitation");
                scene.bob.ask("/decline", "* You declined to join line-decline-1.");
            }),
            entry("info", scene -> {
                scene.alice.ask("/describe All that grows", "* line-alice set the description to: All that grows");
                scene.bob.ask(
                        "/info", "* " + scene.room + " (public, member)", "  about: All that grows", "* 3 events");
            }),
            entry("star", scene -> {
                scene.bob.ask("/star", "* " + scene.room + ": starred.");
                scene.bob.ask("/rooms " + scene.room, "(public, member, starred)");
                scene.alice.ask("/rooms " + scene.room, "(public, owner)");
                scene.bob.ask("/star nowhere", "(room.not_found)");
            }),
            entry("unstar", scene -> {
                scene.bob.ask("/star " + scene.room, "starred.");
                scene.bob.ask("/unstar #" + scene.room, "* " + scene.room + ": not starred, news of every message.");
            }),
            entry("notify", scene -> {
                scene.bob.ask("/notify loud", "! A level is all, mentions or none. Usage: /notify LEVEL [ROOM]");
                scene.bob.ask("/notify mentions", "* " + scene.room + ": news of mentions.");
                scene.alice.ask("hello", "[3]");
                assertThat(scene.bob.ask("/unread", "* ")).doesNotContain(scene.room);
                scene.alice.ask("hello @line-bob", "[4]");
                scene.bob.ask(
                        "/unread", scene.room + " (public, member, 2 unread, 1 with your name, news of mentions)");
                scene.bob.ask("/notify NONE " + scene.room, "no news");
                assertThat(scene.bob.ask("/unread", "* ")).doesNotContain(scene.room);
            }),
            entry("hide", scene -> {
                scene.bob.ask("/hide", "* " + scene.room + ": hidden until the next message.");
                assertThat(BOB.get("/rooms/" + scene.room).body()).contains("\"hiddenTo\":2");
            }),
            entry("unhide", scene -> {
                scene.bob.ask("/hide", "hidden until");
                scene.bob.ask("/unhide " + scene.room, "* " + scene.room + ": not starred");
            }),
            entry("topic", scene -> {
                scene.alice.ask("/topic Tomatoes and more", "* line-alice set the topic to: Tomatoes and more");
                scene.bob.ask("/topic", "* " + scene.room + " (public, member): Tomatoes and more");
                scene.bob.ask("/topic Potatoes", "(room.forbidden)");
                scene.alice.ask("/topic Tomatoes and more", "* It is so already.");
                scene.alice.ask("/topic -", "* line-alice set the topic to: ");
            }),
            entry("rename", scene -> {
                scene.alice.ask("/rename The Garden", "* line-alice set the name to: The Garden");
                scene.bob.ask("/info", "  name: The Garden");
            }),
            entry("describe", scene -> scene.bob.ask("/describe mine", "(room.forbidden)")),
            entry("archive", scene -> {
                scene.bob.ask("/archive", "(room.forbidden)");
                scene.alice.ask("/archive", "* line-alice archived the room");
                scene.bob.ask("hello?", "(room.archived)");
            }),
            entry("unarchive", scene -> {
                scene.alice.ask("/unarchive", "* It is so already.");
                scene.alice.ask("/archive", "archived the room");
                scene.alice.ask("/unarchive", "* line-alice opened the room again");
            }),
            entry("who", scene -> {
                scene.bob.askUntil("/who", "line-alice (owner), online");
                scene.alice.ask("/create line-elsewhere", "* You are in line-elsewhere.");
                assertThat(scene.bob.askUntil("/who", "line-alice (owner), away"))
                        .contains("* line-bob (member), online");
            }),
            entry("arrivals", scene -> {
                scene.bob.askUntil("/who", "line-alice (owner), online");
                scene.bob.ask("/arrivals", "* You are told who comes and goes.");
                scene.alice.ask("/create line-arrivals", "* You are in line-arrivals.");
                scene.bob.sees("* line-alice is away.");
                scene.alice.ask("/join " + scene.room, "* You are in");
                scene.bob.sees("* line-alice is online.");
                scene.bob.ask("/arrivals", "* You are no longer told");
            }),
            entry("find", scene -> {
                scene.bob.ask("/find Line-ali", "* line-alice (line-alice)");
                scene.bob.ask("/find nobody at all", "* Nobody is called so.");
            }),
            entry("invite", scene -> {
                scene.alice.ask("/invite line-guest", "(user.not_found)");
                scene.bob.ask("/invite line-alice", "(room.forbidden)");
                invite(scene, "line-invite");
                scene.bob.ask("/accept line-invite", "* You are in line-invite.");
            }),
            entry("uninvite", scene -> {
                invite(scene, "line-uninvite");
                scene.alice.ask("/uninvite line-bob", "* line-alice took back the invitation of line-bob");
                scene.bob.ask("/accept line-uninvite", "(room.not_found)");
            }),
            entry("invited", scene -> {
                scene.alice.ask("/invited", "* Nobody is invited.");
                invite(scene, "line-invited");
                scene.alice.ask("/invited", "* line-bob (invited)");
                scene.bob.ask("/decline line-invited", "* You declined");
            }),
            entry("kick", scene -> {
                scene.bob.ask("/kick line-alice", "(room.forbidden)");
                scene.alice.ask("/kick line-guest", "(member.not_found)");
                scene.alice.ask("/kick line-bob", "* line-alice removed line-bob");
                scene.bob.sees("* You left " + scene.room);
                scene.bob.ask("hello?", "! You are in no room");
            }),
            entry("ban", scene -> {
                scene.alice.ask("/ban line-bob", "* line-alice banned line-bob");
                scene.bob.sees("* You left " + scene.room);
                scene.bob.ask("/join " + scene.room, "(room.banned)");
            }),
            entry("unban", scene -> {
                scene.alice.ask("/ban line-bob", "banned line-bob");
                scene.alice.ask("/unban line-bob", "* line-alice unbanned line-bob");
                scene.bob.ask("/join " + scene.room, "* You are in");
            }),
            entry("bans", scene -> {
                scene.bob.ask("/bans", "(room.forbidden)");
                scene.alice.ask("/bans", "* Nobody is banned.");
                scene.alice.ask("/ban line-bob", "banned line-bob");
                scene.alice.ask("/bans", "* line-bob (banned)");
            }),
            entry("mute", scene -> {
                scene.alice.ask("/mute line-bob", "* line-alice muted line-bob");
                scene.bob.ask("mpf", "(room.muted)");
                scene.alice.ask("/mute line-bob", "* It is so already.");
                scene.alice.ask("/who", "* line-bob (member, muted)");
            }),
            entry("unmute", scene -> {
                scene.alice.ask("/mute line-bob", "muted line-bob");
                scene.alice.ask("/unmute line-bob", "* line-alice unmuted line-bob");
                scene.bob.ask("thanks", "line-bob: thanks");
            }),
            entry("role", scene -> {
                scene.bob.ask("/role line-bob owner", "(room.forbidden)");
                scene.alice.ask("/role line-bob king", "A role is owner, admin or member. Usage: /role USER ROLE");
                scene.alice.ask("/role line-bob admin", "* line-alice made line-bob admin");
                scene.bob.ask("/topic Mine", "set the topic");
            }),
            entry("owner", scene -> {
                scene.alice.ask("/owner line-alice", "(bad_request)");
                scene.alice.ask("/owner line-bob", "* line-alice made line-bob owner");
                scene.bob.ask("/who", "* line-alice (admin)", "* line-bob (owner)");
            }),
            entry("me", scene -> {
                scene.bob.ask("/me waves", "line-bob: _waves_");
                scene.bob.ask("/me waves :wave:", "line-bob: _waves 👋_");
            }),
            entry("reply", scene -> {
                scene.alice.ask("who?", "[3]");
                scene.bob.ask("/reply last me!", "line-bob: (in thread [3]) me!");
                scene.bob.ask("/reply last :tada: not `:tada:`", "line-bob: (in thread [3]) 🎉 not `:tada:`");
                scene.bob.ask("/reply 99 me!", "(message.not_found)");
                scene.bob.ask("/reply me!", "Usage: /reply MESSAGE TEXT...");
            }),
            entry("answer", scene -> {
                scene.alice.ask("who?", "[3]");
                scene.bob.ask("/answer 3 me!", "line-bob: (to [3]) me!");
                scene.bob.ask("/answer me!", "Usage: /answer MESSAGE TEXT...");
            }),
            entry("edit", scene -> {
                scene.bob.ask("tomatos", "[3]");
                scene.alice.ask("potatoes", "[4]");
                scene.bob.ask("/edit last tomatoes", "* line-bob changed [3] to: tomatoes");
                scene.bob.ask("/edit last :tomato:", "* line-bob changed [3] to: 🍅");
                scene.bob.ask("/edit last tomatoes", "* line-bob changed [3] to: tomatoes");
                scene.bob.ask("/edit 4 beans", "(room.forbidden)");
                scene.bob.ask("/edit it beans", "it is no number of a message. Usage: /edit MESSAGE TEXT...");
                scene.bob.ask("/history", "line-bob: tomatoes (edited)");
            }),
            entry("delete", scene -> {
                scene.bob.ask("/delete last", "(message.not_found)");
                scene.bob.ask("oops", "[3]");
                scene.bob.ask("/delete [3]", "* line-bob deleted [3]");
                scene.bob.ask("/history", "line-bob: (deleted)");
                scene.bob.ask("/delete last", "(message.not_found)");
            }),
            entry("react", scene -> {
                scene.alice.ask("good news", "[3]");
                scene.bob.ask("/react last tada", "* line-bob put 🎉 on [3]");
                scene.bob.ask("/react #3 👍", "* line-bob put 👍 on [3]");
                scene.bob.ask("/react 3 well", "That is not one emoji. Usage: /react MESSAGE EMOJI");
                scene.bob.ask("/history", "good news (🎉 1, 👍 1)");
            }),
            entry("unreact", scene -> {
                scene.alice.ask("good news", "[3]");
                scene.bob.ask("/react 3 tada", "put 🎉");
                scene.bob.ask("/unreact 3 tada", "* line-bob took back 🎉 on [3]");
            }),
            entry("emoji", scene -> {
                scene.bob.ask("/emoji rocket", "🚀 :rocket:");
                scene.bob.ask("/emoji tomatoe", "* No emoji has such a name.");
                scene.bob.ask(":rocket: `:rocket:` 10:100:30", "line-bob: 🚀 `:rocket:` 10:100:30");
            }),
            entry("pin", scene -> {
                scene.alice.ask("read this", "[3]");
                scene.bob.ask("/pin last", "* line-bob pinned [3]");
                scene.bob.ask("/pin 1", "(message.not_found)");
            }),
            entry("unpin", scene -> {
                scene.alice.ask("read this", "[3]");
                scene.alice.ask("/pin 3", "pinned [3]");
                scene.bob.ask("/unpin 3", "* line-bob unpinned [3]");
            }),
            entry("history", scene -> {
                scene.bob.ask("first words", "[3]");
                scene.bob.ask("/history", "[1]", "[3]", "line-bob: first words");
                scene.bob.sees("* That is the beginning.");
                assertThat(scene.bob.ask("/history 3", "[1]")).doesNotContain("[3]");
                scene.bob.ask("/history 1", "* Nothing older.");
                scene.bob.ask("/history x", "Usage: /history [BEFORE]");
            }),
            entry("date", scene -> {
                scene.bob.ask("these words", "[3]");
                scene.bob.ask("/date 2001-01-31", "[1]", "[2]", "line-bob: these words");
                scene.bob.ask("/date 2999-01-31", "* There is nothing from that day on.");
                scene.bob.ask("/date yesterday", "A day is written like 2026-01-31");
            }),
            entry("show", scene -> {
                scene.bob.ask("these words", "[3]");
                scene.bob.ask("/show 3", "[2]", "[3]", "line-bob: these words");
            }),
            entry("thread", scene -> {
                scene.alice.ask("who?", "[3]");
                scene.bob.ask("/thread 3", "* Nobody answered.");
                scene.bob.ask("/reply 3 me!", "[4]");
                assertThat(scene.alice.ask("/thread 3", "(in thread [3]) me!")).startsWith("[4]");
                scene.bob.ask("/history", "who? (1 reply)");
            }),
            entry("threads", scene -> {
                try (Terminal none = Terminal.of(Rest.logIn(TestNode.address(), "line-threadless"))) {
                    none.ask("/threads", "* You follow no thread.");
                }
                String thread = "* #" + scene.room + " [3] line-bob: who? ";
                scene.bob.ask("who?", "[3]");
                scene.alice.ask("/reply 3 me!", "[4]");
                scene.bob.ask("/threads", thread + "(1 unread, 1 in all)");
                scene.bob.ask("/thread 3", "(in thread [3]) me!");
                scene.bob.ask("/threads", thread + "(1 in all)");
            }),
            entry("follow", scene -> {
                scene.alice.ask("who?", "[3]");
                scene.bob.ask("/follow 3", "* You follow the thread [3] of #" + scene.room);
                scene.bob.ask("/follow 99", "(message.not_found)");
            }),
            entry("unfollow", scene -> {
                scene.bob.ask("who?", "[3]");
                scene.alice.ask("/reply 3 me!", "[4]");
                scene.bob.ask("/unfollow last", "* You do not follow the thread [3] of #" + scene.room);
            }),
            entry("save", scene -> {
                scene.alice.ask("keep this", "[3]");
                scene.bob.ask("/save 3", "* [3] is saved, /saved lists it.");
                scene.bob.ask("/save 99", "(message.not_found)");
            }),
            entry("unsave", scene -> {
                scene.alice.ask("keep this", "[3]");
                scene.bob.ask("/save last", "* [3] is saved");
                scene.bob.ask("/unsave 3", "* [3] is not saved.");
            }),
            entry("saved", scene -> {
                try (Terminal none = Terminal.of(Rest.logIn(TestNode.address(), "line-saves-nothing"))) {
                    none.ask("/saved", "* You have saved nothing.");
                }
                scene.alice.ask("keep this", "[3]");
                scene.bob.ask("/save 3", "* [3] is saved");
                assertThat(scene.bob.ask("/saved", "line-alice: keep this")).startsWith("#" + scene.room + " [3]");
            }),
            entry("pins", scene -> {
                scene.bob.ask("/pins", "* Nothing is pinned.");
                scene.alice.ask("read this", "[3]");
                scene.alice.ask("/pin 3", "pinned [3]");
                assertThat(scene.bob.ask("/pins", "read this (pinned)")).startsWith("[3]");
            }),
            entry("search", scene -> {
                scene.alice.ask("Green tomatoes, say the aubergines", "[3]");
                scene.bob.ask("/search", "/search needs QUERY. Usage: /search QUERY...");
                scene.bob.ask("/search before:noon", "(bad_request)");
                scene.bob.ask("/search in:" + scene.room + " potatoes", "* Nothing was found.");
                scene.bob.ask("/search in:" + scene.room + " has:link", "* Nothing was found.");
                // The index is up to a second behind.
                assertThat(scene.bob.askUntil("/search aub in:" + scene.room, "aubergines"))
                        .matches(scene.room
                                + " \\[3] [-0-9]{10} [0-9:]{5} line-alice: Green tomatoes, say the \\*aubergines\\*");
            }));

    @Test
    void shouldTryEveryCommand() {
        assertThat(SCRIPTS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LineCommands.TABLE.stream().map(LineCommand::name).toList());
    }

    /** The page has a table of its own, which is this one, and reads what follows a name in the same way. */
    @Test
    void shouldBeCarriedOutByThePageToo() {
        List<Map<String, Object>> table = LineCommands.TABLE.stream()
                .map(command -> Map.<String, Object>of(
                        "usage", command.usage(),
                        "summary", command.summary(),
                        "example", command.example(),
                        "takesPassword", command.parameters().stream().anyMatch(LineCommand.Parameter::isPassword)))
                .toList();
        Map<String, Object> input =
                Map.of("table", table, "aliases", LineCommands.ALIASES, "texts", CommandTexts.next(SEED));
        assertThat(NodeJs.runTests("commands.test.mjs", input)).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldDoWhatItsHelpSays(String name) {
        String room = "line-room-" + name;
        ALICE.post("/rooms", Map.of("roomId", room));
        try (Terminal alice = Terminal.in(room, ALICE);
                Terminal bob = Terminal.in(room, BOB)) {
            alice.sees("[2]");
            bob.sees("[2]");
            SCRIPTS.get(name).accept(new Scene(room, alice, bob));
        }
    }

    @Test
    void shouldLetNobodyDoWhatOnlyAUserMay() {
        List<String> open = List.of("register", "login", "quit", "emoji", "help");
        try (Terminal nobody = Terminal.open()) {
            LineCommands.TABLE.stream()
                    .filter(command -> !open.contains(command.name()))
                    .forEach(command -> nobody.ask(command.example(), "! ", "(auth.required)"));
        }
    }

    @Test
    void shouldSayASlashThatIsDoubled() {
        ALICE.post("/rooms", Map.of("roomId", "line-slash"));
        try (Terminal alice = Terminal.in("line-slash", ALICE)) {
            alice.ask("//etc/passwd", "line-alice: /etc/passwd");
            alice.ask("/ etc", "! No such command: /.");
        }
    }

    static List<String> names() {
        return LineCommands.TABLE.stream().map(LineCommand::name).toList();
    }

    /** Alice goes to a new private room and invites bob. */
    private static void invite(Scene scene, String room) {
        scene.alice.ask("/create " + room + " private", "* You are in " + room);
        scene.alice.ask("/invite line-bob", "* line-alice invited line-bob");
        scene.bob.sees("* line-alice invited you to #" + room + ": /accept " + room + " or /decline " + room);
    }
}
