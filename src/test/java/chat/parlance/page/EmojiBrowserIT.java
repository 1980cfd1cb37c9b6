package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Emoji by names, by keys, and their drawing. */
final class EmojiBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final Pattern LARGE = Pattern.compile("\\blarge\\b");

    /** Between the last and the first stop of a dialog the browser's own bars may have the focus, the page has not. */
    private static final String FOCUS_IS_INSIDE =
            "() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null";

    @Test
    void shouldMoveThroughThePickerByKeysAndReturnTheFocus() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "emoji-alice");
        alice.createRoom("emoji-room");
        Page page = alice.page();
        alice.at("emoji").focus();
        page.keyboard().press("Enter");
        assertThat(alice.at("emoji-search")).isFocused();
        assertThat(emoji(alice, "grinning face")).isVisible();
        page.keyboard().press("ArrowDown");
        assertThat(emoji(alice, "grinning face")).isFocused();
        page.keyboard().press("ArrowRight");
        assertThat(emoji(alice, "grinning face with big eyes")).isFocused();
        for (int i = 0; i < 8; i++) {
            page.keyboard().press("Tab");
            assertThat((Boolean) page.evaluate(FOCUS_IS_INSIDE)).isTrue();
        }
        emoji(alice, "grinning face with big eyes").focus();
        page.keyboard().press("Control+End");
        assertThat(emoji(alice, "flag: Wales")).isFocused();
        assertThat(alice.at("emoji-preview")).containsText(":wales:");
        page.keyboard().press("Control+Home");
        page.keyboard().press("ArrowUp");
        assertThat(alice.at("emoji-search")).isFocused();
        page.keyboard().press("Escape");
        assertThat(alice.at("emoji-picker")).hasCount(0);
        assertThat(alice.at("emoji")).isFocused();
    }

    @Test
    void shouldPutRecentEmojiFirstAndRememberTheSkinTone() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "recent-alice");
        alice.createRoom("recent-room");
        alice.at("emoji").click();
        alice.at("emoji-tones")
                .getByLabel("Medium skin tone", new Locator.GetByLabelOptions().setExact(true))
                .check();
        alice.at("emoji-search").fill("wave");
        alice.at("emoji-search").press("Enter");
        assertThat(alice.at("draft")).hasValue("👋🏽");
        alice.at("emoji").click();
        alice.at("emoji-jumps").getByLabel("Flags").click();
        emoji(alice, "flag: Ascension Island").click();
        assertThat(alice.at("draft")).hasValue("👋🏽🇦🇨");
        alice.page().reload();
        alice.awaitConnected();
        alice.at("emoji").click();
        assertThat(alice.page().locator(".emoji").first()).hasText("🇦🇨");
        assertThat(alice.page().locator(".emoji").nth(1)).hasText("👋🏽");
        alice.page().keyboard().press("Escape");
        alice.at("draft").fill("");
        alice.at("draft").pressSequentially("Bye :wav");
        assertThat(alice.at("completions")).containsText("👋🏽");
        alice.at("draft").press("Tab");
        assertThat(alice.at("draft")).hasValue("Bye 👋🏽 ");
    }

    @Test
    void shouldTakeANameWithItsColonsForTheEmojiButNotInCode() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "colon-alice");
        alice.createRoom("colon-room");
        alice.at("draft").pressSequentially("Well :+1:");
        assertThat(alice.at("draft")).hasValue("Well 👍");
        alice.at("draft").pressSequentially(", `:+1:` at 10:100:30 :tomatoe:");
        assertThat(alice.at("draft")).hasValue("Well 👍, `:+1:` at 10:100:30 :tomatoe:");
    }

    @Test
    void shouldLeaveTheFieldOfASentTextAloneWhenTheNamesOfEmojiComeLate() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "late-emoji-alice");
        alice.createRoom("late-emoji-room");
        List<Route> held = new ArrayList<>();
        alice.page().route(FailuresBrowserIT.module("emoji-data"), held::add);
        alice.at("draft").pressSequentially("Well :+1:");
        alice.at("draft").press("Enter");
        assertThat(alice.message("Well")).hasCount(1);
        assertThat(alice.at("draft")).hasValue("");
        alice.page().waitForCondition(() -> !held.isEmpty());
        held.getFirst().resume();
        alice.at("draft").pressSequentially("Bye :wave:");
        assertThat(alice.at("draft")).hasValue("Bye 👋");
    }

    @Test
    void shouldDrawEmojiAloneLargeWhateverTheyAreMadeOf() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "large-alice");
        alice.createRoom("large-room");
        alice.say("👨‍👩‍👧‍👦 🇩🇪 👍🏽");
        assertThat(alice.at("text").last()).hasClass(LARGE);
        alice.say("🇩🇪 and 👍🏽");
        assertThat(alice.at("text").last()).not().hasClass(LARGE);
    }

    @Test
    void shouldReactByNameFromTheKeyboardAndReturnToTheMessage() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "plus-alice");
        alice.createRoom("plus-room");
        alice.say("Shall we?");
        alice.message("Shall we?").focus();
        alice.page().keyboard().press("+");
        assertThat(emoji(alice, "grinning face")).isVisible();
        alice.page().keyboard().type(":family_man_woman_girl:");
        alice.page().keyboard().press("Enter");
        assertThat(alice.at("reaction")).hasText("👨‍👩‍👧1");
        assertThat(alice.message("Shall we?")).isFocused();
    }

    @Test
    void shouldRiseFromTheBottomOfAPhone() {
        Visitor alice = Visitor.register(
                BROWSER,
                Nodes.first(),
                "phone-emoji-alice",
                new NewContextOptions()
                        .setViewportSize(320, 640)
                        .setHasTouch(true)
                        .setIsMobile(true));
        alice.createRoom("phone-emoji-room");
        alice.at("emoji").tap();
        assertThat(emoji(alice, "grinning face")).isVisible();
        assertThat((Boolean) alice.page()
                        .evaluate("() => { const { left, right, bottom } ="
                                + " document.querySelector('.picker-place').getBoundingClientRect();"
                                + " return left === 0 && right === innerWidth && bottom === innerHeight; }"))
                .isTrue();
        emoji(alice, "grinning face").tap();
        assertThat(alice.at("draft")).hasValue("😀");
    }

    private static Locator emoji(Visitor visitor, String name) {
        return visitor.at("emoji-picker")
                .locator(".emoji")
                .and(visitor.page().getByLabel(name, new Page.GetByLabelOptions().setExact(true)));
    }
}
