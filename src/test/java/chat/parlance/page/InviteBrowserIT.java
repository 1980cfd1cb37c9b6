package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.Node;
import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Roles;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registration that is closed or by invite, at the door and in the dialog of administrators. */
final class InviteBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String WRONG = "#link=invite-" + "x".repeat(43);

    private static Node byInvite;
    private static String address;

    @BeforeAll
    static void startANodeWithInvites() {
        byInvite = TestNode.startBeside("--registration=invite");
        address = "127.0.0.1:" + byInvite.httpPort();
    }

    @AfterAll
    static void stopIt() {
        byInvite.stop();
    }

    @BeforeEach
    void forgetFailures() {
        Roles.forgetFailedLinks();
    }

    private static Visitor at(String place, String hash) {
        Visitor visitor = Visitor.atTheDoor(BROWSER, place, new NewContextOptions());
        if (!hash.isEmpty()) {
            visitor.lookAt(hash);
        }
        return visitor;
    }

    @Test
    void shouldBringSomebodyByALinkIntoTheRoomsOfTheInvite() {
        Rest rest = Roles.logIn("administrator", "invite-page-alice");
        rest.post("/rooms", Map.of("roomId", "invite-page-room", "visibility", "private"));
        Visitor alice = Visitor.loggedIn(BROWSER, Nodes.first(), "invite-page-alice", rest, new NewContextOptions());
        alice.at("account").click();
        alice.at("administration").click();
        alice.at("tab-invites").click();
        alice.at("invite-uses").fill("1");
        alice.at("invite-rooms").click();
        alice.at("invite-room-invite-page-room").check();
        alice.at("make-invite").click();
        assertThat(alice.at("qr-code")).isVisible();
        String hash = alice.at("link").inputValue().replaceFirst(".*#", "#");
        assertThat(alice.at("invite-row").first()).containsText("invite-page-room");
        Visitor bob = at(address, hash);
        assertThat(bob.page().getByText("You are invited")).isVisible();
        bob.at("name").fill("Bob of the page");
        bob.enter("invite-page-bob", Rest.PASSWORD);
        bob.awaitConnected();
        bob.open("invite-page-room");
        assertThat(bob.at("draft")).isVisible();
        assertThat(bob.page().url()).doesNotContain("link=");
        // It is used up, and says so to the next one.
        Visitor guest = at(address, hash);
        guest.enter("invite-page-guest", Rest.PASSWORD);
        assertThat(guest.at("door-error")).hasText("The link is wrong, used up or expired. Ask for a new one.");
    }

    @Test
    void shouldAskForAnInviteAndTakeAPastedLink() {
        Rest administrator = Roles.logIn("administrator", "invite-page-pasting");
        String code = Roles.invite(administrator, Map.of());
        Visitor bob = at(address, "");
        bob.at("other").click();
        bob.at("invite-code").fill("https://chat.example.org/" + WRONG);
        bob.enter("invite-page-pasted", Rest.PASSWORD);
        assertThat(bob.at("door-error")).hasText("The link is wrong, used up or expired. Ask for a new one.");
        bob.at("invite-code").fill("https://chat.example.org/#link=" + code);
        bob.at("enter").click();
        bob.awaitConnected();
    }

    @Test
    void shouldSayThatNobodyCanRegister() {
        Node closed = TestNode.startBeside("--registration=closed");
        try {
            Visitor visitor = at("127.0.0.1:" + closed.httpPort(), "");
            visitor.at("other").click();
            assertThat(visitor.page().getByText("This server takes no new accounts."))
                    .isVisible();
            assertThat(visitor.at("user-id")).hasCount(0);
            visitor.at("other").click();
            assertThat(visitor.at("user-id")).isVisible();
            visitor.lookAt(WRONG);
            assertThat(visitor.page().getByText("This server takes no new accounts."))
                    .isVisible();
        } finally {
            closed.stop();
        }
    }

    @Test
    void shouldLetALoggedInUserChooseBetweenTheAccountAndTheLink() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "invite-page-member");
        alice.lookAt(WRONG);
        assertThat(alice.page().getByText("which is invite-page-member")).isVisible();
        alice.at("other").click();
        alice.awaitConnected();
        alice.lookAt("#link=invite-half");
        assertThat(alice.page().getByText("This link is not whole")).isVisible();
        alice.at("other").click();
        alice.awaitConnected();
    }
}
