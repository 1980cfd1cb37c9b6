package chat.parlance.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Chromium: the machine's own when there is one, else Playwright's. */
public final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> complaints = new ArrayList<>();

    public Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"));
        installed().ifPresent(options::setExecutablePath);
        browser = playwright.chromium().launch(options);
    }

    /** A new person's page: nothing of another's is shared. */
    public Page open(String address, com.microsoft.playwright.Browser.NewContextOptions options) {
        return open(address, "/", options);
    }

    /** The same at another path than that of the chat. */
    public Page open(String address, String path, com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.onPage(this::watch);
        Page page = context.newPage();
        page.navigate("http://" + address + path);
        return page;
    }

    /** Another tab of the same person. */
    public Page openTab(Page first) {
        Page page = first.context().newPage();
        page.navigate(first.url());
        return page;
    }

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

    /** Script errors, dialogs, breaches of the content security policy and frames that are not as described, so far. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(path -> path.toFile().canExecute())
                .findFirst();
    }
}
