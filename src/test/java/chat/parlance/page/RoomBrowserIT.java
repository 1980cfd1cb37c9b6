package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms are created, found, joined, managed and left. */
final class RoomBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** The index of a busy server is behind, and the page repeats the search. */
    private static final HasCountOptions INDEXED = new HasCountOptions().setTimeout(30_000);

    @Test
    void shouldGreetAUserWithoutRoomsAndLeadToTheFirstOne() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "first-alice");
        assertThat(alice.at("welcome")).containsText("Hello, first-alice");
        assertThat(alice.at("line-hint")).hasText("websocat ws://" + Nodes.first() + "/lines");
        alice.at("first-room").click();
        alice.at("room-name").fill("Die Küche & der Flur");
        assertThat(alice.at("room-id")).hasValue("die-kuche-der-flur");
        alice.at("new-topic").fill("What is for dinner");
        alice.at("room-create").click();
        assertThat(alice.at("room-title")).hasText("Die Küche & der Flur");
        assertThat(alice.at("room-topic")).hasText("What is for dinner");
        assertThat(alice.page()).hasURL("http://" + Nodes.first() + "/#die-kuche-der-flur");
    }

    @Test
    void shouldSayWhyARoomCannotBeMade() {
        Rest.logIn(Nodes.second(), "taken-bob").post("/rooms", Map.of("roomId", "taken-room"));
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "taken-alice");
        alice.at("new-room").click();
        alice.at("room-name").fill("taken room");
        alice.at("room-create").click();
        assertThat(alice.at("room-error")).hasText("This room id is taken. Choose another one.");
    }

    @Test
    void shouldInviteToAPrivateRoomAndLetTheOtherAcceptOrDecline() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "invite-alice");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "invite-bob");
        for (String room : new String[] {"invite-yes", "invite-no"}) {
            alice.createRoom(room, true);
            if (!alice.at("members-panel").isVisible()) {
                alice.at("members").click();
            }
            alice.at("invite-user").pressSequentially("Invite-b");
            assertThat(alice.at("people-found").getByRole(AriaRole.OPTION)).hasText("IBinvite-bob@invite-bob");
            alice.at("invite-user").press("Enter");
            assertThat(alice.at("invite-user")).hasValue("invite-bob");
            alice.at("invite").click();
            assertThat(alice.at("invitations")).containsText("invite-bob");
        }
        assertThat(bob.at("invitation-invite-no")).containsText("invite-alice invites you");
        bob.at("invitation-invite-no").getByTestId("decline").click();
        assertThat(bob.at("invitation-invite-no")).hasCount(0);
        bob.at("invitation-invite-yes").getByTestId("accept").click();
        bob.say("Here I am");
        assertThat(bob.at("room-invite-no")).hasCount(0);
        alice.open("invite-yes");
        assertThat(alice.message("Here I am")).isVisible();
    }

    @Test
    void shouldWriteToOnePerson() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "direct-alice");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "direct-bob");
        alice.at("new-direct").click();
        alice.at("direct-user").fill("nobody-at-all");
        alice.at("direct-open").click();
        assertThat(alice.at("direct-error")).containsText("Nobody is called “nobody-at-all”.");
        // In any case, as phones begin a word.
        alice.at("direct-user").fill("Direct-bob");
        // One click is enough, though the field loses its focus and its list by it.
        assertThat(alice.at("people-found")).isVisible();
        alice.at("direct-open").click();
        assertThat(alice.at("room-title")).hasText("direct-bob");
        alice.say("Just between us");
        bob.at("direct-rooms").getByText("direct-alice").click();
        assertThat(bob.message("Just between us")).isVisible();
        assertThat(bob.at("settings")).hasCount(0);
    }

    @Test
    void shouldLetOwnersLookAfterARoomAndOthersNot() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "role-alice");
        alice.createRoom("role-room");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "role-bob");
        bob.join("role-room");
        bob.at("settings").click();
        assertThat(bob.at("settings-save")).hasCount(0);
        assertThat(bob.at("archive")).hasCount(0);
        alice.at("settings").click();
        alice.at("settings-topic").fill("Be kind");
        alice.at("settings-save").click();
        assertThat(bob.at("room-topic")).hasText("Be kind");
        alice.at("members").click();
        alice.at("person-role-bob").click();
        alice.at("make-admin").click();
        assertThat(bob.at("settings-save")).isVisible();
        alice.at("person-role-bob").click();
        alice.at("mute").click();
        assertThat(bob.page().getByText("You are muted here")).isVisible();
        alice.at("person-role-bob").click();
        alice.at("ban").click();
        alice.at("confirm").click();
        assertThat(alice.at("bans")).containsText("role-bob");
        assertThat(bob.at("room-role-room")).hasCount(0);
    }

    @Test
    void shouldLeaveAndArchive() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "leave-alice");
        alice.createRoom("leave-room");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "leave-bob");
        bob.join("leave-room");
        bob.at("settings").click();
        bob.at("leave").click();
        bob.at("confirm").click();
        assertThat(bob.at("join")).isVisible();
        assertThat(bob.at("room-leave-room")).hasCount(0);
        alice.at("settings").click();
        alice.at("archive").click();
        alice.at("confirm").click();
        assertThat(alice.page().getByText("This room is archived")).isVisible();
        assertThat(alice.at("my-rooms").getByTestId("room-leave-room")).hasCount(0);
        alice.page().reload();
        assertThat(alice.at("archived-rooms").getByTestId("room-leave-room")).isVisible();
        alice.at("settings").click();
        alice.at("archive").click();
        assertThat(alice.at("draft")).isVisible();
        assertThat(alice.at("my-rooms").getByTestId("room-leave-room")).isVisible();
        assertThat(alice.at("archived-rooms")).hasCount(0);
    }

    @Test
    void shouldFindAMessageByWordsAndFiltersAndLeadToIt() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "find-alice");
        alice.createRoom("find-attic");
        alice.say("The blue lamp is broken");
        alice.createRoom("find-porch");
        alice.say("The red lamp is fine");
        alice.at("search").click();
        alice.at("search-text").fill("lamp");
        assertThat(alice.at("hit")).hasCount(1, INDEXED);
        assertThat(alice.at("hit").locator("mark")).hasText("lamp");
        alice.at("search-here").uncheck();
        assertThat(alice.at("hit")).hasCount(2, INDEXED);
        alice.at("search-filters").click();
        alice.at("search-from").fill("nobody");
        alice.at("search-from").press("Enter");
        assertThat(alice.at("hit")).hasCount(0);
        assertThat(alice.at("search-none")).isVisible();
        alice.at("search-unfiltered").click();
        assertThat(alice.at("hit")).hasCount(2);
        alice.at("search-from").fill("find-alice");
        alice.at("search-from").press("Enter");
        assertThat(alice.at("chip")).hasText("From find-alice");
        assertThat(alice.at("hit")).hasCount(2);
        alice.at("hit").filter(new FilterOptions().setHasText("blue")).click();
        assertThat(alice.at("room-title")).hasText("find-attic");
        assertThat(alice.message("The blue lamp is broken")).isFocused();
        // If there is room, the search stays.
        assertThat(alice.at("hit")).hasCount(2);
    }

    /** Typed filters and chips are one query, which the server parses, and keys alone lead to a message. */
    @Test
    void shouldSearchByKeysAndTypedFiltersWithoutAnOpenRoom() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "keys-alice");
        alice.createRoom("keys-room");
        alice.say("The green lantern is at https://lantern.example/green");
        alice.say("A green hat");
        alice.page().navigate("http://" + Nodes.first() + "/");
        assertThat(alice.at("my-rooms").getByTestId("room-keys-room")).isVisible();
        alice.page().keyboard().press("Control+Shift+F");
        assertThat(alice.at("search-text")).isFocused();
        alice.page().keyboard().type("green lan");
        assertThat(alice.at("hit")).hasCount(1, INDEXED);
        assertThat(alice.at("hit").locator("mark")).hasText(new String[] {"green", "lantern", "lantern", "green"});
        alice.page().keyboard().type(" in:keys-room has:link ");
        assertThat(alice.at("chip")).hasText(new String[] {"In keys-room", "With a link"});
        assertThat(alice.at("search-text")).hasValue("green lan ");
        assertThat(alice.at("hit")).hasCount(1);
        alice.page().keyboard().type("x");
        assertThat(alice.at("search-none")).isVisible();
        alice.page().keyboard().press("Backspace");
        alice.page().keyboard().press("Backspace");
        assertThat(alice.at("hit")).hasCount(1);
        alice.page().keyboard().press("ArrowDown");
        assertThat(alice.at("jump")).isFocused();
        alice.page().keyboard().press("ArrowUp");
        assertThat(alice.at("search-text")).isFocused();
        alice.page().keyboard().press("ArrowDown");
        alice.page().keyboard().press("Enter");
        assertThat(alice.at("room-title")).hasText("keys-room");
        assertThat(alice.message("lantern is at")).isFocused();
    }

    /** One zone already has tomorrow when it is still yesterday in the other. */
    @Test
    void shouldFindByTheBeginningOfAWordAndByDaysOfTheReadersZone() {
        Visitor alice = Visitor.register(
                BROWSER, Nodes.first(), "zone-alice", new NewContextOptions().setTimezoneId("Pacific/Kiritimati"));
        Visitor bob = Visitor.register(
                BROWSER, Nodes.second(), "zone-bob", new NewContextOptions().setTimezoneId("Pacific/Pago_Pago"));
        alice.createRoom("zone-room");
        alice.say("pumpkin soup");
        bob.join("zone-room");
        for (Visitor visitor : List.of(alice, bob)) {
            visitor.at("search").click();
            visitor.at("search-text").fill("soup pump");
            assertThat(visitor.at("hit")).hasCount(1, INDEXED);
            visitor.at("search-text").fill("soup pump ");
            assertThat(visitor.at("hit")).hasCount(0);
            visitor.at("search-text").fill("soup pumpkins");
            assertThat(visitor.at("hit")).hasCount(1);
            visitor.at("search-filters").click();
            String today = (String) visitor.page().evaluate("new Date().toLocaleDateString('sv')");
            visitor.at("search-before").fill(today);
            assertThat(visitor.at("hit")).hasCount(0);
            visitor.at("search-before").fill("");
            visitor.at("search-after").fill(today);
            assertThat(visitor.at("hit")).hasCount(1);
        }
    }

    @Test
    void shouldFindMessagesSentDuringTheSearch() {
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "soon-alice");
        alice.createRoom("soon-room");
        Visitor bob = Visitor.register(BROWSER, Nodes.second(), "soon-bob");
        bob.join("soon-room");
        alice.at("search").click();
        alice.at("search-text").fill("lantern");
        assertThat(alice.page().getByText("Nothing was found.")).isVisible();
        bob.say("There is a lantern in the shed");
        assertThat(alice.at("hit")).hasCount(1, INDEXED);
        assertThat(alice.page().getByText("Nothing was found.")).hasCount(0);
    }

    @Test
    void shouldShowOnePaneAtATimeOnAPhoneAndAPanelOverTheTalkOnATablet() {
        Visitor alice = Visitor.register(
                BROWSER, Nodes.first(), "pane-alice", new NewContextOptions().setViewportSize(390, 844));
        alice.createRoom("pane-room");
        Page page = alice.page();
        alice.at("room-menu").click();
        alice.at("members").click();
        assertThat(alice.at("members-panel")).isVisible();
        assertThat(alice.at("draft")).isHidden();
        alice.at("panel-close").click();
        assertThat(alice.at("draft")).isVisible();
        page.setViewportSize(900, 700);
        alice.at("members").click();
        assertThat(alice.at("members-panel")).isVisible();
        assertThat(alice.at("my-rooms")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(900);
    }
}
