package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The composer: formats, lengths, recalled messages, and commands that must not become messages. */
final class ComposerBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** Dispatches an event with a file and perhaps a text to a field. */
    private static final String GIVE_FILE = """
        (field, [type, text]) => {
          const data = new DataTransfer();
          data.items.add(new File(["x"], "x.png", { type: "image/png" }));
          if (text) data.setData("text/plain", text);
          const event = type === "paste"
            ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
          return !field.dispatchEvent(event);
        }\
        """;

    /** More messages than the window has room for. */
    private static final int MORE_THAN_FIT = 20;

    private static final int ROWS = 6;

    private static final String PRESS_ENTER_WHILE_COMPOSING = """
        field => field.dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))\
        """;

    /** Everything that the browser stores for the page. */
    private static final String STORED = """
        async () => {
          const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
          for (const { name } of await indexedDB.databases()) {
            const db = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
            for (const store of db.objectStoreNames) {
              const request = db.transaction(store).objectStore(store).getAll();
              all.push(JSON.stringify(await new Promise((done) => { request.onsuccess = () => done(request.result); })));
            }
            db.close();
          }
          return all.join();
        }\
        """;

    @Test
    void shouldTellThatATextIsTooLongInBytesAndKeepIt() {
        Visitor alice = writer("too-long-alice");
        alice.at("draft").fill("é".repeat(3_900));
        assertThat(alice.at("length")).hasText("392 bytes left");
        String tooLong = "é".repeat(4_097);
        alice.write(tooLong);
        assertThat(alice.at("length")).hasText("2 bytes too long, at most 8,192 bytes");
        assertThat(alice.at("composer-note")).containsText("2 bytes too long");
        alice.at("send").click();
        assertThat(alice.at("draft")).hasValue(tooLong);
        assertThat(alice.messages()).hasCount(0);
        alice.at("draft").fill("short");
        assertThat(alice.at("length")).hasCount(0);
        alice.at("draft").press("Enter");
        assertThat(alice.message("short")).isVisible();
    }

    @Test
    void shouldLetAMessageThatWasRefusedBeEditedCopiedSentAgainAndDiscarded() {
        Visitor alice = writer("failed-alice");
        alice.write("&nbsp;");
        Locator failed = alice.page().locator("main .message[data-state=failed]");
        assertThat(failed.getByTestId("mark")).containsText("shows nothing");
        failed.getByTestId("copy-failed").click();
        alice.page().waitForCondition(() -> "&nbsp;".equals(alice.page().evaluate("navigator.clipboard.readText()")));
        failed.getByTestId("retry").click();
        assertThat(failed).hasCount(1);
        alice.at("draft").fill("a draft");
        failed.getByTestId("edit-failed").click();
        assertThat(alice.at("draft")).hasValue("&nbsp;\n\na draft");
        assertThat(alice.at("draft")).isFocused();
        assertThat(failed).hasCount(0);
        alice.say("seen now");
        alice.write("&nbsp;");
        failed.getByTestId("discard").click();
        assertThat(alice.messages()).hasCount(1);
    }

    @Test
    void shouldCarryOutCommandsAndPostNone() {
        Visitor alice = writer("command-alice");
        Locator draft = alice.at("draft");
        draft.pressSequentially("/to");
        assertThat(alice.at("completions")).containsText("/topic [TEXT...]");
        draft.press("Tab");
        assertThat(draft).hasValue("/topic ");
        assertThat(alice.at("composer-note")).containsText("show or set the topic");
        draft.pressSequentially("Tomatoes");
        draft.press("Enter");
        assertThat(alice.at("room-topic")).hasText("Tomatoes");
        assertThat(draft).hasValue("");
        alice.write("/dance all night");
        assertThat(alice.at("composer-note")).containsText("There is no command /dance. To say a text");
        assertThat(draft).hasValue("/dance all night");
        draft.fill("/un");
        assertThat(alice.at("completions")).isVisible();
        alice.at("send").click();
        assertThat(alice.at("completions")).hasCount(0);
        assertThat(alice.at("composer-note")).containsText("There is no command /un.");
        alice.write("//dance all night");
        assertThat(alice.message("/dance all night")).isVisible();
        // Only stored messages can be edited.
        assertThat(alice.unsent()).hasCount(0);
        draft.press("ArrowUp");
        assertThat(draft).hasValue("//dance all night");
        draft.press("Escape");
        alice.write("/me dances");
        assertThat(alice.at("text").last().locator("em")).hasText("dances");
        alice.write("/help");
        assertThat(alice.at("commands")).containsText("/unreact MESSAGE EMOJI");
        alice.at("dialog-close").click();
        assertThat(alice.messages()).hasCount(2);
    }

    /** A browser without {@code field-sizing} measures the field at each key. */
    @Test
    void shouldKeepTheListAtItsEndWhileTheFieldGrows() {
        Visitor alice = writer("growing-alice");
        alice.page().addInitScript("CSS.supports = () => false");
        alice.page().reload();
        for (int i = 0; i < MORE_THAN_FIT; i++) {
            alice.say("message " + i);
        }
        for (int i = 0; i < ROWS; i++) {
            alice.at("draft").pressSequentially("row " + i);
            alice.at("draft").press("Shift+Enter");
        }
        assertThat(alice.message("message " + (MORE_THAN_FIT - 1))).isInViewport();
        alice.page().waitForCondition(() -> (boolean)
                alice.at("messages").evaluate("list => list.scrollHeight - list.scrollTop - list.clientHeight < 1"));
    }

    @Test
    void shouldNeitherPostNorStoreAPassword() {
        Visitor alice = writer("secret-alice");
        Locator draft = alice.at("draft");
        alice.write("/pasword kept-from-all new-one-7");
        assertThat(alice.at("composer-note")).containsText("There is no command /pasword");
        alice.write("hello\n/password kept-from-all new-one-7");
        assertThat(alice.at("composer-note")).containsText("Line 2 would call /password");
        alice.write("/password kept-from-all new-one-7");
        assertThat(alice.at("composer-note")).hasAttribute("data-kind", "error");
        assertThat(draft).hasValue("/password kept-from-all new-one-7");
        assertThat((String) alice.page().evaluate(STORED)).doesNotContain("kept-from-all");
        alice.write("/password \"" + Rest.PASSWORD + "\" tomato-soup-7");
        assertThat(alice.at("composer-note")).containsText("Your password is changed");
        assertThat(draft).hasValue("");
        assertThat(draft).isFocused();
        draft.press("Control+z");
        assertThat(draft).hasValue("");
        assertThat((String) alice.page().evaluate(STORED)).doesNotContain("tomato-soup-7");
        draft.fill("/me keeps a draft");
        alice.page().waitForCondition(() -> ((String) alice.page().evaluate(STORED)).contains("/me keeps a draft"));
        alice.page().reload();
        assertThat(draft).hasValue("/me keeps a draft");
        assertThat(alice.messages()).hasCount(0);
    }

    @Test
    void shouldFormatByKeysAndBarAndUndo() {
        Visitor alice = writer("format-alice");
        Locator draft = alice.at("draft");
        draft.fill("green tomatoes");
        draft.press("Control+a");
        draft.press("Control+b");
        draft.press("Control+i");
        assertThat(draft).hasValue("***green tomatoes***");
        draft.press("Control+z");
        assertThat(draft).hasValue("**green tomatoes**");
        draft.press("Control+z");
        assertThat(draft).hasValue("green tomatoes");
        draft.press("Control+a");
        draft.press("Control+k");
        assertThat(draft).hasValue("[green tomatoes](https://)");
        draft.fill("");
        alice.at("format-list").click();
        assertThat(draft).isFocused();
        draft.pressSequentially("one\ntwo\n\n");
        assertThat(draft).hasValue("- one\n- two\n");
        draft.press("Enter");
        assertThat(alice.at("text").last().locator("li")).hasText(new String[] {"one", "two"});
        draft.fill("1. a");
        draft.press("Shift+Enter");
        assertThat(draft).hasValue("1. a\n2. ");
        draft.press("Shift+Enter");
        assertThat(draft).hasValue("1. a\n");
        draft.fill("```js");
        draft.press("Enter");
        draft.pressSequentially("  let a;");
        draft.press("Enter");
        assertThat(draft).hasValue("```js\n  let a;\n  ");
        draft.press("Control+Enter");
        assertThat(alice.at("text").last().locator("pre code")).containsText("let a;");
        draft.fill("not yet");
        draft.evaluate(PRESS_ENTER_WHILE_COMPOSING);
        assertThat(draft).hasValue("not yet");
        draft.press("Home");
        alice.at("emoji").click();
        alice.at("emoji-search").fill("rocket");
        alice.at("emoji-search").press("Enter");
        assertThat(draft).hasValue("🚀not yet");
        assertThat(draft).isFocused();
        draft.press("!");
        assertThat(draft).hasValue("🚀!not yet");
        assertThat(alice.messages()).hasCount(2);
    }

    @Test
    void shouldKeepIndentationAndRefuseFiles() {
        Visitor alice = writer("paste-alice");
        Locator draft = alice.at("draft");
        alice.page().evaluate("navigator.clipboard.writeText('    def f():\\n\\treturn 1\\n')");
        draft.press("Control+v");
        assertThat(draft).hasValue("    def f():\n\treturn 1\n");
        alice.page().getByText("Make it a code block").click();
        assertThat(draft).hasValue("```\n    def f():\n\treturn 1\n\n```");
        alice.at("send").click();
        assertThat(alice.at("text").last().locator("pre code"))
                .hasText(Pattern.compile("^ {4}def f\\(\\):\\n\\treturn 1\\s*$"));
        alice.at("draft").fill("  indented\n    more");
        alice.at("draft").press("Enter");
        assertThat(alice.messages()).hasCount(2);
        // Only stored messages can be edited.
        assertThat(alice.unsent()).hasCount(0);
        draft.press("ArrowUp");
        assertThat(draft).hasValue("  indented\n    more");
        draft.press("Escape");
        for (String event : List.of("paste", "drop")) {
            assertThat(draft.evaluate(GIVE_FILE, List.of(event, ""))).isEqualTo(true);
            assertThat(alice.at("composer-note")).containsText("Files cannot be sent yet");
            alice.at("note-close").click();
            assertThat(alice.at("composer-note")).hasCount(0);
        }
        assertThat(draft.evaluate(GIVE_FILE, List.of("paste", "a cell of a table")))
                .isEqualTo(false);
        assertThat(alice.at("composer-note")).hasCount(0);
    }

    @Test
    void shouldMakeALineByEnterAndSendByAButtonOnATouchScreen() {
        Visitor bob = Visitor.register(
                BROWSER,
                Nodes.first(),
                "touch-bob",
                new NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
        bob.createRoom("touch-room");
        Locator draft = bob.at("draft");
        draft.fill("- one");
        draft.press("Enter");
        assertThat(draft).hasValue("- one\n- ");
        draft.pressSequentially("two");
        assertThat(bob.at("format-bar")).hasCount(0);
        bob.at("format-toggle").click();
        assertThat(bob.at("format-bar")).isVisible();
        assertThat(bob.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        bob.at("send").click();
        assertThat(bob.at("text").last().locator("li")).hasText(new String[] {"one", "two"});
    }

    /** A user in a new room. */
    private static Visitor writer(String user) {
        Visitor visitor = Visitor.register(
                BROWSER,
                Nodes.first(),
                user,
                new NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
        visitor.createRoom(user + "-room");
        return visitor;
    }
}
