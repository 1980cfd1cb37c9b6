package chat.parlance.lines;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import java.util.Map;
import java.util.function.Consumer;

/** Scripts of the commands for messages, one for each. */
final class MessageScripts {

    static final Map<String, Consumer<LineScene>> ALL = Map.ofEntries(
            entry("me", scene -> {
                scene.bob().ask("/me waves", "line-bob: _waves_");
                scene.bob().ask("/me waves :wave:", "line-bob: _waves 👋_");
            }),
            entry("reply", scene -> {
                scene.alice().ask("who?", "[3]");
                scene.bob().ask("/reply last me!", "line-bob: (in thread [3]) me!");
                scene.bob().ask("/reply last :tada: not `:tada:`", "line-bob: (in thread [3]) 🎉 not `:tada:`");
                scene.bob().ask("/reply 99 me!", "(message.not_found)");
                scene.bob().ask("/reply me!", "Usage: /reply MESSAGE TEXT...");
            }),
            entry("answer", scene -> {
                scene.alice().ask("who?", "[3]");
                scene.bob().ask("/answer 3 me!", "line-bob: (to [3]) me!");
                scene.bob().ask("/answer me!", "Usage: /answer MESSAGE TEXT...");
            }),
            entry("edit", scene -> {
                scene.bob().ask("tomatos", "[3]");
                scene.alice().ask("potatoes", "[4]");
                scene.bob().ask("/edit last tomatoes", "* line-bob changed [3] to: tomatoes");
                scene.bob().ask("/edit last :tomato:", "* line-bob changed [3] to: 🍅");
                scene.bob().ask("/edit last tomatoes", "* line-bob changed [3] to: tomatoes");
                scene.bob().ask("/edit 4 beans", "(room.forbidden)");
                scene.bob().ask("/edit it beans", "it is no number of a message. Usage: /edit MESSAGE TEXT...");
                scene.bob().ask("/history", "line-bob: tomatoes (edited)");
            }),
            entry("delete", scene -> {
                scene.bob().ask("/delete last", "(message.not_found)");
                scene.bob().ask("oops", "[3]");
                scene.bob().ask("/delete [3]", "* line-bob deleted [3]");
                scene.bob().ask("/history", "line-bob: (deleted)");
                scene.bob().ask("/delete last", "(message.not_found)");
            }),
            entry("react", scene -> {
                scene.alice().ask("good news", "[3]");
                scene.bob().ask("/react last tada", "* line-bob put 🎉 on [3]");
                scene.bob().ask("/react #3 👍", "* line-bob put 👍 on [3]");
                scene.bob().ask("/react 3 well", "That is not one emoji. Usage: /react MESSAGE EMOJI");
                scene.bob().ask("/history", "good news (🎉 1, 👍 1)");
            }),
            entry("unreact", scene -> {
                scene.alice().ask("good news", "[3]");
                scene.bob().ask("/react 3 tada", "put 🎉");
                scene.bob().ask("/unreact 3 tada", "* line-bob took back 🎉 on [3]");
            }),
            entry("emoji", scene -> {
                scene.bob().ask("/emoji rocket", "🚀 :rocket:");
                scene.bob().ask("/emoji tomatoe", "* No emoji has such a name.");
                scene.bob().ask(":rocket: `:rocket:` 10:100:30", "line-bob: 🚀 `:rocket:` 10:100:30");
            }),
            entry("pin", scene -> {
                scene.alice().ask("read this", "[3]");
                scene.bob().ask("/pin last", "* line-bob pinned [3]");
                scene.bob().ask("/pin 1", "(message.not_found)");
            }),
            entry("unpin", scene -> {
                scene.alice().ask("read this", "[3]");
                scene.alice().ask("/pin 3", "pinned [3]");
                scene.bob().ask("/unpin 3", "* line-bob unpinned [3]");
            }),
            entry("poll", scene -> {
                scene.alice().ask("/poll Tea? | yes | no ", "[3]", "line-alice: Tea? | 1 yes | 2 no");
                scene.bob().ask("/poll Tea? | yes", "Write the question and the answers with | between them. Usage:");
                scene.bob().ask("/poll Tea? | yes | yes", "An option is given twice");
                scene.bob().ask("/poll Tea? | yes |  ", "An option is empty");
            }),
            entry("multipoll", scene -> {
                scene.alice().ask("/multipoll Days? | Monday | Friday | Sunday", "| 3 Sunday");
                scene.bob().ask("/vote last 1, 3", "* line-bob voted on [3]: Monday, Sunday");
                scene.bob().ask("/history", "Days? | 1 Monday: 1 | 2 Friday | 3 Sunday: 1");
            }),
            entry("vote", scene -> {
                scene.alice().ask("/poll Tea? | yes | no", "[3]");
                scene.bob().ask("/vote 3 2", "* line-bob voted on [3]: no");
                scene.bob().ask("/vote 3 YES", "* line-bob voted on [3]: yes");
                scene.bob().ask("/vote 3 perhaps", "The poll has no answer perhaps (poll.invalid_vote)");
                scene.bob().ask("/vote 3 3", "The poll has no answer 3 (poll.invalid_vote)");
                scene.bob().ask("/vote 3 1 2", "(poll.invalid_vote)");
                scene.bob().ask("/vote 1 1", "(message.not_found)");
                scene.alice().ask("no poll", "[6]");
                scene.bob().ask("/vote 6 1", "(poll.not_found)");
            }),
            entry("unvote", scene -> {
                scene.alice().ask("/poll Tea? | yes | no", "[3]");
                scene.bob().ask("/vote 3 2", "voted on [3]");
                scene.bob().ask("/unvote 3", "* line-bob took back the vote on [3]");
                scene.bob().ask("/history", "Tea? | 1 yes | 2 no");
            }),
            entry("close", scene -> {
                scene.alice().ask("/poll Tea? | yes | no", "[3]");
                scene.bob().ask("/close 3", "(room.forbidden)");
                scene.alice().ask("/close 3", "* line-alice closed the poll [3]");
                scene.bob().ask("/vote 3 1", "The poll is closed (poll.closed)");
                scene.bob().ask("/history", "Tea? | 1 yes | 2 no (closed)");
            }),
            entry("history", scene -> {
                scene.bob().ask("first words", "[3]");
                scene.bob().ask("/history", "[1]", "[3]", "line-bob: first words");
                scene.bob().sees("* That is the beginning.");
                assertThat(scene.bob().ask("/history 3", "[1]")).doesNotContain("[3]");
                scene.bob().ask("/history 1", "* Nothing older.");
                scene.bob().ask("/history x", "Usage: /history [BEFORE]");
            }),
            entry("date", scene -> {
                scene.bob().ask("these words", "[3]");
                scene.bob().ask("/date 2001-01-31", "[1]", "[2]", "line-bob: these words");
                scene.bob().ask("/date 2999-01-31", "* There is nothing from that day on.");
                scene.bob().ask("/date yesterday", "A day is written like 2026-01-31");
            }),
            entry("show", scene -> {
                scene.bob().ask("these words", "[3]");
                scene.bob().ask("/show 3", "[2]", "[3]", "line-bob: these words");
            }),
            entry("thread", scene -> {
                scene.alice().ask("who?", "[3]");
                scene.bob().ask("/thread 3", "* Nobody answered.");
                scene.bob().ask("/reply 3 me!", "[4]");
                assertThat(scene.alice().ask("/thread 3", "(in thread [3]) me!"))
                        .startsWith("[4]");
                scene.bob().ask("/history", "who? (1 reply)");
            }),
            entry("threads", scene -> {
                try (Terminal none = Terminal.of(Rest.logIn(TestNode.address(), "line-threadless"))) {
                    none.ask("/threads", "* You follow no thread.");
                }
                String thread = "* #" + scene.room() + " [3] line-bob: who? ";
                scene.bob().ask("who?", "[3]");
                scene.alice().ask("/reply 3 me!", "[4]");
                scene.bob().ask("/threads", thread + "(1 unread, 1 in all)");
                scene.bob().ask("/thread 3", "(in thread [3]) me!");
                scene.bob().ask("/threads", thread + "(1 in all)");
            }),
            entry("follow", scene -> {
                scene.alice().ask("who?", "[3]");
                scene.bob().ask("/follow 3", "* You follow the thread [3] of #" + scene.room());
                scene.bob().ask("/follow 99", "(message.not_found)");
            }),
            entry("unfollow", scene -> {
                scene.bob().ask("who?", "[3]");
                scene.alice().ask("/reply 3 me!", "[4]");
                scene.bob().ask("/unfollow last", "* You do not follow the thread [3] of #" + scene.room());
            }),
            entry("save", scene -> {
                scene.alice().ask("keep this", "[3]");
                scene.bob().ask("/save 3", "* [3] is saved, /saved lists it.");
                scene.bob().ask("/save 99", "(message.not_found)");
            }),
            entry("unsave", scene -> {
                scene.alice().ask("keep this", "[3]");
                scene.bob().ask("/save last", "* [3] is saved");
                scene.bob().ask("/unsave 3", "* [3] is not saved.");
            }),
            entry("saved", scene -> {
                try (Terminal none = Terminal.of(Rest.logIn(TestNode.address(), "line-saves-nothing"))) {
                    none.ask("/saved", "* You have saved nothing.");
                }
                scene.alice().ask("keep this", "[3]");
                scene.bob().ask("/save 3", "* [3] is saved");
                assertThat(scene.bob().ask("/saved", "line-alice: keep this")).startsWith("#" + scene.room() + " [3]");
            }),
            entry("pins", scene -> {
                scene.bob().ask("/pins", "* Nothing is pinned.");
                scene.alice().ask("read this", "[3]");
                scene.alice().ask("/pin 3", "pinned [3]");
                assertThat(scene.bob().ask("/pins", "read this (pinned)")).startsWith("[3]");
            }),
            entry("search", scene -> {
                scene.alice().ask("Green tomatoes, say the aubergines", "[3]");
                scene.bob().ask("/search", "/search needs QUERY. Usage: /search QUERY...");
                scene.bob().ask("/search before:noon", "(bad_request)");
                scene.bob().ask("/search in:" + scene.room() + " potatoes", "* Nothing was found.");
                scene.bob().ask("/search in:" + scene.room() + " has:link", "* Nothing was found.");
                // The index is up to a second behind.
                assertThat(scene.bob().askUntil("/search aub in:" + scene.room(), "aubergines"))
                        .matches(scene.room()
                                + " \\[3] [-0-9]{10} [0-9:]{5} line-alice: Green tomatoes, say the \\*aubergines\\*");
            }));

    private MessageScripts() {}
}
