package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user registers, stays, changes the password, and logs out, here or everywhere. */
final class AccountBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String NEW_PASSWORD = "staple of the nation";

    @Test
    void shouldShowSignInErrorsAndRememberTheUser() {
        Visitor visitor = Visitor.atTheDoor(BROWSER, Nodes.first(), new NewContextOptions());
        visitor.enter("door-nobody", "wrong password");
        assertThat(visitor.at("door-error")).hasText("The user id or the password is wrong.");
        visitor.at("other").click();
        visitor.enter("door-alice", "password123");
        assertThat(visitor.at("door-error")).hasText("This password is too easy to guess. Choose another one.");
        visitor.enter("door-alice", Rest.PASSWORD);
        visitor.awaitConnected();
        visitor.page().reload();
        visitor.awaitConnected();
        assertThat(visitor.at("me")).hasText("door-alice");
        visitor.at("account").click();
        visitor.at("log-out").click();
        assertThat(visitor.at("credentials")).isVisible();
        visitor.page().reload();
        assertThat(visitor.at("credentials")).isVisible();
    }

    @Test
    void shouldKeepTheRefreshTokenFromScripts() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, Nodes.first(), "cookie-alice");
        Cookie cookie = alice.page()
                .context()
                .cookies("http://" + Nodes.first() + "/api/v1/sessions/refresh")
                .getFirst();
        assertThat(cookie.httpOnly).isTrue();
        assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        assertThat((String) alice.page()
                        .evaluate("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))
                .doesNotContain(cookie.value)
                .doesNotContain("refreshToken");
        assertThat(alice.page().context().cookies("http://" + Nodes.first() + "/"))
                .isEmpty();
    }

    @Test
    void shouldGoOnWithTheCookieWhenTheAccessTokenIsRefused() {
        Visitor alice = Visitor.registerAtTheDoor(BROWSER, Nodes.first(), "renew-alice");
        alice.createRoom("renew-room");
        alice.page()
                .evaluate("() => { const key = 'parlance.session'; const kept = JSON.parse(localStorage.getItem(key));"
                        + " localStorage.setItem(key, JSON.stringify({ ...kept, expiresAt: 0 })); }");
        alice.page().reload();
        alice.awaitConnected();
        alice.say("still here");
    }

    @Test
    void shouldChangeThePasswordAndLogTheOthersOut() {
        Visitor here = Visitor.register(BROWSER, Nodes.first(), "change-alice");
        Visitor there = Visitor.atTheDoor(BROWSER, Nodes.second(), new NewContextOptions());
        there.enter("change-alice", Rest.PASSWORD);
        there.awaitConnected();
        here.at("account").click();
        here.at("password-fold").click();
        here.at("old-password").fill("not my password");
        here.at("new-password").fill(NEW_PASSWORD);
        here.at("change-password").click();
        assertThat(here.at("password-error")).hasText("The current password is wrong.");
        here.at("old-password").fill(Rest.PASSWORD);
        here.at("change-password").click();
        assertThat(here.at("toasts")).containsText("The password is changed");
        assertThat(there.at("credentials")).isVisible();
        there.enter("change-alice", NEW_PASSWORD);
        there.awaitConnected();
    }

    @Test
    void shouldListSessionsEndOneAndLogOutEverywhere() {
        Visitor here = Visitor.register(BROWSER, Nodes.first(), "session-alice");
        Visitor there = Visitor.atTheDoor(BROWSER, Nodes.second(), new NewContextOptions());
        there.enter("session-alice", Rest.PASSWORD);
        there.awaitConnected();
        here.at("account").click();
        here.at("sessions-fold").click();
        assertThat(here.at("sessions").locator("li")).hasCount(2);
        assertThat(here.at("sessions")).containsText("Chrome on Linux");
        here.at("end-session").click();
        assertThat(there.at("credentials")).isVisible();
        assertThat(here.at("sessions").locator("li")).hasCount(1);
        there.enter("session-alice", Rest.PASSWORD);
        there.awaitConnected();
        here.at("log-out-everywhere").click();
        assertThat(here.at("credentials")).isVisible();
        assertThat(there.at("credentials")).isVisible();
    }
}
