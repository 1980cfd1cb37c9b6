package chat.parlance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Chromium for the tests of a class: the machine's own when there is one, else Playwright's. One process serves all
 * classes. What a test has opened is closed after it, and a test fails in which a page complained. Names that end in {@code
 * .test} are names of this machine.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Browser BROWSER = new Browser();
 * }</pre>
 */
public final class Browser implements AfterEachCallback {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /**
     * Parts of Chromium that are off. The first are Playwright's, which the browser forgets, because it takes only the last
     * list. The last two are Chromium's own pages for its address bar: two processes more for each context, twice the CPU
     * time of a test's own page.
     */
    private static final String OFF = String.join(
            ",",
            "AvoidUnnecessaryBeforeUnloadCheckSync",
            "BoundaryEventDispatchTracksNodeRemoval",
            "DestroyProfileOnBrowserClose",
            "DialMediaRouteProvider",
            "GlobalMediaControls",
            "HttpsUpgrades",
            "LensOverlay",
            "MediaRouter",
            "PaintHolding",
            "ThirdPartyStoragePartitioning",
            "BlockOriginHeaderModificationOnRedirect",
            "Translate",
            "AutoDeElevate",
            "OptimizationHints",
            "WebUIOmniboxPopup",
            "WebUIOmniboxAimPopup");

    /** Started at its first use, and ended with this process. */
    private static final class Chromium {

        static final com.microsoft.playwright.Browser PROCESS = launch();

        private static com.microsoft.playwright.Browser launch() {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                    .setArgs(List.of(
                            "--no-sandbox",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--disable-features=" + OFF,
                            "--host-resolver-rules=MAP *.test 127.0.0.1"));
            installed().ifPresent(options::setExecutablePath);
            return playwright.chromium().launch(options);
        }
    }

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** A page of a new person, isolated from all others. */
    public Page open(String address, NewContextOptions options) {
        return open(address, "/", options);
    }

    /** A page of a new person at another path than that of the chat. */
    public Page open(String address, String path, NewContextOptions options) {
        Page page = openBlank(options);
        page.navigate("http://" + address + path);
        return page;
    }

    /**
     * A blank page of a new person. Service workers are only for tests that ask for them: a worker answers requests
     * that a test means to lose.
     */
    public Page openBlank(NewContextOptions options) {
        if (options.serviceWorkers == null) {
            options.setServiceWorkers(ServiceWorkerPolicy.BLOCK);
        }
        BrowserContext context = Chromium.PROCESS.newContext(options);
        contexts.add(context);
        context.onPage(this::watch);
        return context.newPage();
    }

    /** Another tab of the same person. */
    public Page openTab(Page first) {
        Page page = first.context().newPage();
        page.navigate(first.url());
        return page;
    }

    /** Script errors, dialogs and breaches of the content security policy. */
    private void watch(Page page) {
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("TrustedHTML")) {
                complaints.add(message.text());
            }
        });
        OverheardFrames.watch(page, complaints::add);
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** Complaints of the pages so far, for tests that expect them. */
    public List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        assertThat(takeComplaints()).as("complaints of the pages").isEmpty();
    }

    /** Chromium of this machine. */
    public static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(path -> path.toFile().canExecute())
                .findFirst();
    }
}
