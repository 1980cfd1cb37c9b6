package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Roles;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Administrators manage accounts in the page, at one node; the people are at the other. */
final class AdminBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String NEW_PASSWORD = "staple of the nation";

    /** The dialog of administrators, opened by one with this role. */
    private static Visitor administrator(String role, String user) {
        Roles.logIn(role, user);
        Visitor visitor = Visitor.register(BROWSER, Nodes.first(), user);
        visitor.at("account").click();
        visitor.at("administration").click();
        assertThat(visitor.at("administration-dialog")).isVisible();
        return visitor;
    }

    private static void openAccount(Visitor visitor, String user) {
        visitor.at("account-search").fill(user);
        visitor.at("account-" + user).click();
        assertThat(visitor.at("account-view")).isVisible();
    }

    @Test
    void shouldDisableAnAccountAfterAQuestionAndEnableItAgain() {
        Visitor administrator = administrator("administrator", "admin-page-alice");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "admin-page-bob");
        openAccount(administrator, "admin-page-bob");
        Page page = administrator.page();
        administrator.at("disable").click();
        assertThat(administrator.at("confirmation-cancel")).isFocused();
        page.keyboard().press("Escape");
        assertThat(administrator.at("confirmation")).hasCount(0);
        assertThat(administrator.at("disable")).isFocused();
        assertThat(administrator.at("account-state")).hasText("Enabled");
        administrator.at("disable").click();
        administrator.at("confirm").click();
        assertThat(administrator.at("account-state")).hasText("Disabled");
        assertThat(bob.at("credentials")).isVisible();
        bob.enter("admin-page-bob", Rest.PASSWORD);
        assertThat(bob.at("door-error")).hasText("The user id or the password is wrong.");
        administrator.at("enable").click();
        assertThat(administrator.at("account-state")).hasText("Enabled");
        bob.at("enter").click();
        bob.awaitConnected();
        administrator.at("account-back").click();
        assertThat(administrator.at("account-admin-page-bob")).isFocused();
        administrator.at("tab-audit").click();
        administrator.at("audit-filter").selectOption("user.disabled");
        assertThat(administrator.at("audit-entry").first()).containsText("admin-page-bob");
        page.keyboard().press("Escape");
        assertThat(administrator.at("administration-dialog")).hasCount(0);
    }

    @Test
    void shouldHandOverALinkThatSetsANewPasswordOnce() {
        Visitor administrator = administrator("administrator", "admin-page-reset");
        Rest.logIn(Nodes.second(), "admin-page-forgetful");
        openAccount(administrator, "admin-page-forgetful");
        administrator.at("reset-password").click();
        assertThat(administrator.at("qr-code")).isVisible();
        String link = administrator.at("link").inputValue();
        assertThat(link).startsWith("http://" + Nodes.first() + "/#link=password-");
        Visitor forgetful = Visitor.of(BROWSER.open(Nodes.second(), new NewContextOptions()));
        forgetful.lookAt(link.replaceFirst(".*#", ""));
        forgetful.at("password").fill("password123");
        forgetful.at("enter").click();
        assertThat(forgetful.at("door-error")).hasText("This password is too easy to guess. Choose another one.");
        forgetful.at("password").fill(NEW_PASSWORD);
        forgetful.at("enter").click();
        assertThat(forgetful.at("door-notice")).hasText("The new password is set. Log in with it.");
        assertThat(forgetful.page().url()).isEqualTo("http://" + Nodes.second() + "/");
        forgetful.enter("admin-page-forgetful", NEW_PASSWORD);
        forgetful.awaitConnected();
    }

    @Test
    void shouldOfferOnlyWhatTheRoleAllows() {
        Roles.logIn("owner", "admin-page-owner");
        Visitor administrator = administrator("administrator", "admin-page-lower");
        openAccount(administrator, "admin-page-owner");
        assertThat(administrator.at("account-above")).isVisible();
        assertThat(administrator.at("disable")).hasCount(0);
        administrator.at("account-back").click();
        Rest.logIn(Nodes.first(), "admin-page-guest");
        openAccount(administrator, "admin-page-guest");
        administrator.at("change-role").selectOption("guest");
        administrator.at("confirm").click();
        assertThat(administrator.at("account-role")).hasText("Guest");
        // The role is gone meanwhile, and the server decides.
        Roles.give("member", "admin-page-lower");
        administrator.at("end-sessions").click();
        administrator.at("confirm").click();
        assertThat(administrator.at("account-error")).hasText("Your role on the server does not allow this.");
        administrator.at("dialog-close").click();
        administrator.at("account").click();
        assertThat(administrator.at("language")).isVisible();
        assertThat(administrator.at("administration")).hasCount(0);
    }
}
