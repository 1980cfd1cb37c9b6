package chat.parlance.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Browser;
import chat.parlance.testing.Rest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forty attempts to run a script from users' texts, each as message, name, room name, topic and description. */
final class SafetyBrowserIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "<ScRiPt>alert(1)</sCrIpT>",
            "<script src=//example.org/x.js></script>",
            "<img src=x onerror=alert(1)>",
            "<img src=\"x\" onerror=\"alert(1)\">",
            "<img/src=x/onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
            "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "<math href=\"javascript:alert(1)\">x</math>",
            "<iframe src=\"javascript:alert(1)\"></iframe>",
            "<iframe srcdoc=\"<script>parent.alert(1)</script>\"></iframe>",
            "<object data=\"javascript:alert(1)\"></object>",
            "<embed src=\"javascript:alert(1)\">",
            "<body onload=alert(1)>",
            "<details open ontoggle=alert(1)>x</details>",
            "<input autofocus onfocus=alert(1)>",
            "<video><source onerror=alert(1)></video>",
            "<audio src=x onerror=alert(1)>",
            "<marquee onstart=alert(1)>x</marquee>",
            "<form action=\"javascript:alert(1)\"><button>x</button></form>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
            "<base href=\"//example.org/\">",
            "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
            "<link rel=stylesheet href=//example.org/x.css>",
            "<style>@import '//example.org/x.css';</style>",
            "<div style=\"background:url(javascript:alert(1))\">x</div>",
            "<template><script>alert(1)</script></template>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "[link](javascript:alert(1))",
            "[link](<javascript:alert(1)>)",
            "[link](data:text/html,<script>alert(1)</script>)",
            "[link](vbscript:alert(1))",
            "![image](x\" onerror=\"alert(1))",
            "<javascript:alert(1)>",
            "`<img src=x onerror=alert(1)>` ```<script>alert(1)</script>```",
            "\"'><img src=x onerror=alert(1)>{{constructor.constructor('alert(1)')()}}${alert(1)}");

    /** Selector of elements that a script or markup of a payload would have left behind. */
    private static final String MARKUP = "body script, iframe, object, embed, base, meta[http-equiv], style, math,"
            + " marquee, template, video, audio, .text img, .text svg, .text input, .text form, [onerror], [onload],"
            + " [onfocus], [ontoggle], [href^='javascript:' i], [href^='data:' i], [href^='vbscript:' i],"
            + " link[href*='example.org']";

    @Test
    void shouldShowForeignMarkupAsTextWhereverItStands() {
        Rest mallory = Rest.logIn(Nodes.second(), "safety-mallory");
        mallory.post("/rooms", Map.of("roomId", "safety-room", "name", "safety"));
        for (int i = 0; i < PAYLOADS.size(); i++) {
            String payload = PAYLOADS.get(i);
            assertThat(mallory.post("/rooms/safety-room/messages", Map.of("id", "p-" + i, "text", payload))
                            .statusCode())
                    .isEqualTo(201);
            new Rest(Nodes.second(), null)
                    .post("/users", Map.of("userId", "safety-" + i, "password", Rest.PASSWORD, "name", payload));
            mallory.post(
                    "/rooms",
                    Map.of(
                            "roomId",
                            "safety-" + i,
                            "name",
                            payload,
                            "topic",
                            payload,
                            "description",
                            payload,
                            "memberIds",
                            List.of("safety-" + i)));
        }
        Visitor alice = Visitor.register(BROWSER, Nodes.first(), "safety-alice");
        alice.join("safety-room");
        assertThat(alice.messages()).hasCount(PAYLOADS.size());
        assertThat(alice.page().locator(MARKUP)).hasCount(0);
        for (String payload : PAYLOADS.subList(0, 32).stream()
                .filter(each -> !each.contains("&#"))
                .toList()) {
            assertThat(alice.page()
                            .getByText(payload, new Page.GetByTextOptions().setExact(true))
                            .first())
                    .isAttached();
        }
        List<?> addresses = (List<?>)
                alice.page().locator("a[href]").evaluateAll("links => links.map(link => link.getAttribute('href'))");
        assertThat(addresses).allMatch(address -> String.valueOf(address).matches("https?:.*|#.*|/.*"));
        alice.at("find").click();
        alice.at("find-text").fill("safety-");
        assertThat(alice.page().locator(".found li")).hasCount(31);
        alice.at("dialog-close").click();
        for (int i = 0; i < PAYLOADS.size(); i += 5) {
            alice.page().navigate("http://" + Nodes.first() + "/#safety-" + i);
            assertThat(alice.at("room-title")).hasText(PAYLOADS.get(i));
            assertThat(alice.at("room-topic")).hasText(PAYLOADS.get(i));
            alice.at("members").click();
            assertThat(alice.at("member-safety-" + i)).containsText(PAYLOADS.get(i));
            alice.at("settings").click();
            assertThat(alice.page().locator(MARKUP)).hasCount(0);
            alice.at("panel-close").click();
        }
    }

    @Test
    void shouldLetNoScriptMakeMarkupAndNoForeignOriginIn() {
        Page page = Visitor.atTheDoor(BROWSER, Nodes.first(), new NewContextOptions())
                .page();
        page.getByTestId("credentials").waitFor();
        assertThat(page.evaluate("() => { try { document.body.innerHTML = '<b>x</b>'; return 'made'; }"
                        + " catch (refused) { return refused.name; } }"))
                .isEqualTo("TypeError");
        assertThat(page.evaluate("() => { try { trustedTypes.createPolicy('mine', { createHTML: (text) => text });"
                        + " return 'made'; } catch (refused) { return refused.name; } }"))
                .isEqualTo("TypeError");
        assertThat(page.evaluate("() => fetch('http://example.org/').then(() => 'let', () => 'refused')"))
                .isEqualTo("refused");
        assertThat(BROWSER.takeComplaints()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldSendThePolicyWithThePage() {
        var answer = new JsonObject(headers());
        assertThat(answer.getString("csp"))
                .contains(
                        "default-src 'none'",
                        "style-src 'self'",
                        "img-src 'self'",
                        "connect-src 'self'",
                        "worker-src 'self'",
                        "base-uri 'none'",
                        "form-action 'self'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'",
                        "trusted-types dompurify highlighter parlance-worker")
                .containsPattern("script-src 'self' 'sha256-[A-Za-z0-9+/]{43}='")
                .doesNotContain("unsafe");
        assertThat(answer.getString("sniff")).isEqualTo("nosniff");
        assertThat(answer.getString("referrer")).isEqualTo("no-referrer");
    }

    private static String headers() {
        Page page = Visitor.atTheDoor(BROWSER, Nodes.first(), new NewContextOptions())
                .page();
        return (String) page.evaluate("() => fetch('/').then((answer) => JSON.stringify({"
                + " csp: answer.headers.get('content-security-policy'),"
                + " sniff: answer.headers.get('x-content-type-options'),"
                + " referrer: answer.headers.get('referrer-policy') }))");
    }
}
