package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Description of the interface as a node serves it, under the policy that it sends. */
final class ReferenceBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void shouldShowAndTryTheOperations() {
        Page page = open("/api/");
        Rest alice = Rest.logIn(TestNode.address(), "alice");
        page.locator(".authorize").click();
        page.locator(".auth-container input").fill(alice.token());
        page.locator(".auth-btn-wrapper .authorize").click();
        page.locator(".btn-done").click();
        Locator rooms = page.locator("#operations-rooms-listRooms");
        rooms.locator(".opblock-summary-control").click();
        rooms.locator(".try-out__btn").click();
        rooms.locator(".execute").click();
        Locator answer = rooms.locator(".live-responses-table tbody tr").first();
        assertThat(answer.locator(".response-col_status")).containsText("200");
        assertThat(answer.locator(".response-col_description")).containsText("\"rooms\"");
    }

    @Test
    void shouldShowTheFramesWithTheirMembersAndExamples() {
        Page page = open("/api/frames.html");
        Locator post = page.locator("article", new Page.LocatorOptions().setHasText("\"type\":\"post\""))
                .first();
        assertThat(post.locator("tr", new Locator.LocatorOptions().setHasText("replyTo")))
                .containsText("integer: a place in a room's sequence, from 1 (optional)");
        assertThat(page.locator("#joined pre").first()).containsText("\"type\":\"joined\"");
    }

    @Test
    void shouldServeTheFilesThatItIsCheckedBy() throws Exception {
        Page page = open("/api/frames.html");
        for (String name : new String[] {"openapi", "asyncapi"}) {
            APIResponse yaml = page.request().get("http://" + TestNode.address() + "/api/" + name + ".yaml");
            assertThat(yaml.headers()).containsEntry("content-type", "application/yaml");
            assertThat(yaml.text()).isEqualTo(Files.readString(Path.of("src/main/resources/api", name + ".yaml")));
            APIResponse json = page.request().get("http://" + TestNode.address() + "/api/" + name + ".json");
            assertThat(json.text()).startsWith("{\"" + name + "\":\"3.");
        }
    }

    private static Page open(String path) {
        return BROWSER.open(TestNode.address(), path, new NewContextOptions());
    }
}
