package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route.FulfillOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Actions on messages, as seen by another user at another node. */
final class MessageBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void shouldEditAndDelete() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "edit-alice");
        alice.createRoom("edit-room");
        alice.say("first word");
        Visitor bob = joined("edit-bob", "edit-room");
        alice.at("draft").press("ArrowUp");
        assertThat(alice.at("draft")).hasValue("first word");
        alice.write("second word");
        assertThat(bob.message("second word")).containsText("edited");
        assertThat(alice.at("draft")).hasValue("");
        alice.withMenu("second word", "delete");
        alice.at("confirm").click();
        assertThat(bob.messages()).containsText("This message was deleted.");
        assertThat(bob.message("second word")).hasCount(0);
    }

    @Test
    void shouldReactByOneClickAndByThePicker() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "react-alice");
        alice.createRoom("react-room");
        alice.say("What do you think?");
        Visitor bob = joined("react-bob", "react-room");
        bob.message("What do you think?").hover();
        bob.message("What do you think?").getByLabel("React with 👍").click();
        Locator reaction = alice.at("reaction");
        assertThat(reaction).hasText("👍1");
        assertThat(reaction).hasAttribute("aria-pressed", "false");
        reaction.click();
        assertThat(bob.at("reaction")).hasText("👍2");
        // Works before and after the page has received its own reaction.
        reaction.click();
        assertThat(bob.at("reaction")).hasText("👍1");
        alice.with("What do you think?", "react");
        alice.at("emoji-search").fill("rocket");
        alice.at("emoji-search").press("Enter");
        assertThat(bob.at("reaction")).hasText(new String[] {"👍1", "🚀1"});
        bob.page().reload();
        assertThat(bob.at("reaction")).hasText(new String[] {"👍1", "🚀1"});
    }

    @Test
    void shouldAskByAPollVoteAndCloseIt() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "poll-alice");
        alice.createRoom("poll-room");
        Visitor bob = joined("poll-bob", "poll-room");
        alice.write("/poll");
        alice.at("poll-question").fill("What do we plant?");
        alice.at("poll-answer").nth(0).fill("Beans");
        alice.at("poll-post").click();
        assertThat(alice.at("poll-error")).hasText("Write at least two answers.");
        alice.at("poll-answer").nth(1).fill("Peas");
        alice.at("poll-answer").nth(1).press("Enter");
        assertThat(alice.at("poll-dialog")).hasCount(0);
        Locator answers = bob.at("poll-option");
        assertThat(bob.message("What do we plant?").getByTestId("poll-option"))
                .hasText(new String[] {"Beans0", "Peas0"});
        answers.nth(0).click();
        assertThat(alice.at("poll-option")).hasText(new String[] {"Beans1poll-bob", "Peas0"});
        alice.at("poll-option").nth(1).press("Enter");
        answers.nth(1).click();
        assertThat(alice.at("poll-option").nth(1)).hasAttribute("aria-label", "Peas, 2 votes: poll-alice and poll-bob");
        assertThat(answers.nth(1)).hasAttribute("aria-pressed", "true");
        answers.nth(1).click();
        assertThat(alice.at("poll-option")).hasText(new String[] {"Beans0", "Peas1poll-alice"});
        bob.page().reload();
        assertThat(answers).hasText(new String[] {"Beans0", "Peas1poll-alice"});
        alice.withMenu("What do we plant?", "close-poll");
        alice.at("confirm").click();
        assertThat(bob.at("poll-state")).hasText("The poll is closed · 1 vote");
        assertThat(answers.nth(0)).isDisabled();
    }

    @Test
    void shouldReplyAndShowTheThread() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "reply-alice");
        alice.createRoom("reply-room");
        alice.say("Who waters on Sunday?");
        Visitor bob = joined("reply-bob", "reply-room");
        bob.with("Who waters on Sunday?", "reply");
        assertThat(bob.at("composer-context")).containsText("reply-alice");
        bob.say("I can");
        assertThat(alice.message("I can").getByTestId("quote")).containsText("Who waters on Sunday?");
        alice.at("thread-link").click();
        Locator thread = alice.at("thread-panel").getByTestId("message");
        assertThat(thread).hasCount(2);
        alice.at("thread-draft").fill("Thank you");
        alice.at("thread-draft").press("Enter");
        assertThat(thread).hasCount(3);
        assertThat(bob.at("thread-link")).containsText("2 replies");
        assertThat(bob.message("Thank you")).hasCount(0);
        alice.at("also-to-room").check();
        alice.at("thread-draft").fill("For everybody");
        alice.at("thread-draft").press("Enter");
        assertThat(bob.message("For everybody").getByTestId("quote")).isVisible();
        bob.say("unrelated");
        assertThat(alice.message("unrelated")).isVisible();
        assertThat(thread).hasCount(4);
    }

    @Test
    void shouldLeadFromTheListOfThreadsToUnreadReplies() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "follow-alice");
        alice.createRoom("follow-room");
        alice.say("Who has the key?");
        Visitor bob = joined("follow-bob", "follow-room");
        alice.createRoom("follow-other");
        bob.with("Who has the key?", "reply-in-thread");
        bob.at("thread-draft").fill("I have it, @follow-alice");
        bob.at("thread-draft").press("Enter");
        assertThat(alice.at("threads-badge")).containsText("1");
        assertThat(alice.at("room-follow-room").getByTestId("badge")).hasCount(0);
        alice.at("threads").click();
        assertThat(alice.at("thread-item")).containsText("Who has the key?");
        alice.at("thread-item").click();
        assertThat(alice.at("room-title")).hasText("follow-room");
        assertThat(alice.at("thread-panel").getByTestId("message")).hasCount(2);
        assertThat(alice.at("thread-new-line")).isVisible();
        assertThat(alice.at("threads-badge")).hasCount(0);
        alice.at("follow-thread").click();
        assertThat(alice.at("follow-thread")).hasText("Follow");
        bob.at("thread-draft").fill("Nobody wants it?");
        bob.at("thread-draft").press("Enter");
        assertThat(alice.at("thread-panel").getByTestId("message")).hasCount(3);
        assertThat(alice.at("threads-badge")).hasCount(0);
    }

    @Test
    void shouldMarkUnreadSaveAndGoFromAQuoteToItsMessageAndBack() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "own-alice");
        alice.createRoom("own-room");
        Visitor bob = joined("own-bob", "own-room");
        bob.say("The first");
        bob.say("The second");
        assertThat(alice.message("The second")).isVisible();
        alice.withMenu("The second", "mark-unread");
        assertThat(alice.at("new-line")).isVisible();
        assertThat(alice.at("room-own-room").getByTestId("badge")).containsText("1");
        alice.withMenu("The first", "save");
        alice.at("saved").click();
        assertThat(alice.at("saved-card")).containsText("The first");
        alice.at("saved-card").getByTestId("jump").click();
        assertThat(alice.at("saved-dialog")).hasCount(0);
        alice.with("The first", "reply");
        alice.say("An answer");
        alice.message("An answer").getByTestId("quote").click();
        alice.at("way-back").click();
        assertThat(alice.at("way-back")).hasCount(0);
        assertThat(alice.message("An answer")).isFocused();
        alice.at("day").first().click();
        alice.at("date").fill("2001-01-31");
        alice.at("go-to-date").click();
        assertThat(alice.at("date-dialog")).hasCount(0);
    }

    @Test
    void shouldFoldTheNoticesOfACrowd() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "crowd-alice");
        alice.createRoom("crowd-room");
        for (int i = 0; i < 4; i++) {
            Rest.logIn(Nodes.first(), "crowd-" + i).send("PUT", "/rooms/crowd-room/members/crowd-" + i, null);
        }
        assertThat(alice.at("notices")).containsText("5 people joined");
        assertThat(alice.at("notice")).hasCount(0);
        alice.at("notices").locator("button").first().click();
        assertThat(alice.at("notice")).hasCount(5);
    }

    @Test
    void shouldPinAndLeadFromThePinToTheMessage() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "pin-alice");
        alice.createRoom("pin-room");
        alice.say("The rules of the house");
        alice.withMenu("The rules of the house", "pin");
        Visitor bob = joined("pin-bob", "pin-room");
        bob.at("pins").click();
        assertThat(bob.at("pins-panel").getByTestId("card")).containsText("The rules of the house");
        bob.at("jump").click();
        assertThat(bob.message("The rules of the house")).isFocused();
        alice.withMenu("The rules of the house", "pin");
        assertThat(bob.at("pins-panel").getByTestId("card")).hasCount(0);
    }

    @Test
    void shouldCompleteNamesAndEmoji() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "name-alice");
        alice.createRoom("name-room");
        Visitor bob = joined("name-bob", "name-room");
        assertThat(alice.page().locator(".notice").last()).hasText("name-bob joined");
        alice.at("draft").pressSequentially("Hello @name-b");
        assertThat(alice.at("completions").getByRole(com.microsoft.playwright.options.AriaRole.OPTION))
                .hasCount(1);
        alice.at("draft").press("Enter");
        assertThat(alice.at("draft")).hasValue("Hello @name-bob ");
        alice.at("draft").pressSequentially(":rocket");
        alice.at("completions").getByText("🚀 rocket").click();
        assertThat(alice.at("draft")).hasValue("Hello @name-bob 🚀 ");
        alice.at("draft").press("Enter");
        assertThat(bob.page().locator(".mention.mine")).hasText("@name-bob");
    }

    @Test
    void shouldShowTheSafeSubsetOfMarkdown() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "mark-alice");
        alice.createRoom("mark-room");
        alice.sayMarkdown("**strong** *soft* ~~gone~~ `code` https://example.org/a?b=c [name](https://example.org)");
        Locator text = alice.at("text").last();
        for (String tag : List.of("strong", "em", "del", "code")) {
            assertThat(text.locator(tag)).hasCount(1);
        }
        assertThat(text.locator("a").first()).hasAttribute("href", "https://example.org/a?b=c");
        assertThat(text.locator("a").last()).hasAttribute("rel", "noopener noreferrer nofollow");
        alice.sayMarkdown("```js\nlet a = 1;\n```\n\n- one\n- two\n\n> quoted");
        assertThat(alice.at("text").last().locator("pre code")).hasText("let a = 1;");
        assertThat(alice.at("text").last().locator("li")).hasCount(2);
        alice.sayMarkdown("# no heading, <b>no markup</b> ![no image](https://example.org/x.png)");
        assertThat(alice.at("text").last()).hasText("# no heading, <b>no markup</b> 🖼️ no image");
        assertThat(alice.at("text").last().locator("h1, b, img")).hasCount(0);
        assertThat(alice.at("text").last().locator(".image a")).hasAttribute("href", "https://example.org/x.png");
    }

    @Test
    void shouldShowMessagesAfterOneThatIsHardToParse() {
        Rest mallory = Rest.logIn(Nodes.second(), "hard-mallory");
        mallory.post("/rooms", Map.of("roomId", "hard-room"));
        List<String> texts = List.of(
                ">".repeat(4000) + "x",
                "[a](".repeat(2048),
                ">".repeat(4000) + "\na".repeat(2000),
                "- ".repeat(4000),
                "*a **a ".repeat(1100),
                "![".repeat(4000),
                "|a".repeat(1300) + "\n" + "|-".repeat(1300) + "\n" + "b\n".repeat(1300));
        for (int i = 0; i < texts.size(); i++) {
            mallory.post("/rooms/hard-room/messages", Map.of("id", "hard-" + i, "text", texts.get(i)));
        }
        mallory.post("/rooms/hard-room/messages", Map.of("id", "hard-after", "text", "and **after**"));
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "hard-alice");
        alice.join("hard-room");
        assertThat(alice.messages()).hasCount(texts.size() + 1);
        assertThat(alice.at("text").last().locator("strong")).hasText("after");
        alice.page().reload();
        assertThat(alice.messages()).hasCount(texts.size() + 1);
        assertThat(alice.at("text").nth(1)).containsText("[a]([a](");
        alice.say("I see");
    }

    @Test
    void shouldShowAMessageAsPlainTextThatCannotBeDrawn() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "strange-alice");
        alice.createRoom("strange-room");
        alice.say("before");
        alice.sayMarkdown("the **odd** one");
        alice.say("after");
        alice.page().route("**/rooms/strange-room/events?**", route -> {
            APIResponse answer = route.fetch();
            JsonObject page = new JsonObject(answer.text());
            for (int i = 0; i < page.getJsonArray("events").size(); i++) {
                JsonObject event = page.getJsonArray("events").getJsonObject(i);
                if ("the **odd** one".equals(event.getString("text"))) {
                    event.put("at", "never");
                }
            }
            route.fulfill(new FulfillOptions().setResponse(answer).setBody(page.encode()));
        });
        alice.page().reload();
        assertThat(alice.message("after")).isVisible();
        assertThat(alice.message("before")).isVisible();
        assertThat(alice.message("the **odd** one")).containsText("could not be shown as it was written");
        alice.say("and on");
    }

    @Test
    void shouldKeepTheMeaningOfListsAndTables() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "bullets-alice");
        alice.createRoom("bullets-room");
        alice.sayMarkdown("3. third\n4. fourth");
        assertThat(alice.at("text").last().locator("ol")).hasAttribute("start", "3");
        alice.sayMarkdown("1986. A good year");
        assertThat(alice.at("text").last().locator("ol")).hasAttribute("start", "1986");
        alice.sayMarkdown("- [ ] water\n- [x] weed");
        Locator boxes = alice.at("text").last().locator("li > input[type=checkbox]:disabled");
        assertThat(boxes).hasCount(2);
        assertThat(boxes.first()).not().isChecked();
        assertThat(boxes.last()).isChecked();
        alice.sayMarkdown("| Vegetable | Beds |\n|:-:|-:|\n| tomato | 3 |");
        assertThat(alice.at("text").last().locator("th").first()).hasCSS("text-align", "center");
        assertThat(alice.at("text").last().locator("td").last()).hasCSS("text-align", "right");
    }

    @Test
    void shouldCopyTheTextAndALink() {
        Visitor alice = Visitor.register(
                BROWSER,
                Nodes.first(),
                "copy-alice",
                new NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
        alice.createRoom("copy-room");
        alice.sayMarkdown("take **this** with you");
        alice.withMenu("take this with you", "copy-text");
        assertThat(alice.at("toasts")).containsText("copied");
        assertThat(alice.page().evaluate("navigator.clipboard.readText()")).isEqualTo("take **this** with you");
        alice.withMenu("take this with you", "copy-link");
        String seq = alice.message("take this with you").getAttribute("data-seq");
        String stamp = alice.message("take this with you").getAttribute("data-stamp");
        alice.page()
                .waitForCondition(() -> alice.page()
                        .evaluate("navigator.clipboard.readText()")
                        .equals("http://" + Nodes.first() + "/#copy-room/" + seq + "/" + stamp));
    }

    private static Visitor joined(String user, String room) {
        Visitor visitor = Visitor.register(BROWSER, Nodes.second(), user);
        visitor.join(room);
        return visitor;
    }
}
