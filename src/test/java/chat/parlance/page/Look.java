package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Ways to view the page: screen size and colour scheme. Each state is checked in each of them: axe-core must find no
 * fault, and a picture is taken if the system property {@code page.pictures} names a folder.
 */
enum Look {
    WIDE_LIGHT(1280, 800, ColorScheme.LIGHT),
    WIDE_DARK(1280, 800, ColorScheme.DARK),
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK),
    /** In the colours of the system, which a browser forces on every page: for the states that have rules for that. */
    FORCED(1280, 800, ColorScheme.LIGHT);

    private static final String PICTURES = System.getProperty("page.pictures", "");
    /** Folder of the pictures in the README. */
    private static final Path README_PICTURES = Path.of("docs/images");

    /** Views to check. A dark phone has nothing for axe beyond the others, and is only for pictures. */
    static Stream<Look> all() {
        return Stream.of(values()).filter(look -> look != FORCED && (look != PHONE_DARK || !PICTURES.isEmpty()));
    }

    private final int widthPx;
    private final int heightPx;
    private final ColorScheme colours;

    Look(int widthPx, int heightPx, ColorScheme colours) {
        this.widthPx = widthPx;
        this.heightPx = heightPx;
        this.colours = colours;
    }

    boolean isPhone() {
        return widthPx < 500;
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(widthPx, heightPx)
                .setHasTouch(isPhone())
                .setIsMobile(isPhone())
                .setColorScheme(colours);
    }

    /**
     * Checks the whole page as it is, and takes its pictures in all views, of which only the size and the colours are those of
     * a phone. For states that are hard to come to.
     */
    static void everywhere(Page page, String state) {
        if (!PICTURES.isEmpty()) {
            Stream.of(values()).filter(look -> look != FORCED).forEach(look -> {
                page.setViewportSize(look.widthPx, look.heightPx);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.colours));
                takePicture(page, "%s-%s.png".formatted(state, look));
            });
            page.setViewportSize(WIDE_LIGHT.widthPx, WIDE_LIGHT.heightPx);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(WIDE_LIGHT.colours));
        }
        check(axe(page), state);
    }

    /** Checks the whole page. */
    void at(Page page, String state) {
        at(page, state, "html");
    }

    /** Checks the part of the page that is new in a state. */
    void at(Page page, String state, String part) {
        if (!PICTURES.isEmpty()) {
            takePicture(page, "%s-%s.png".formatted(state, this));
        }
        AxeBuilder axe = axe(page).include(part);
        // In the dark the same elements have other colours, and nothing else differs.
        check(
                colours == ColorScheme.DARK ? axe.withRules(List.of("color-contrast")) : axe,
                "%s, %s".formatted(state, this));
    }

    private static AxeBuilder axe(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        // Otherwise axe describes elements without a fault too, each by a selector and its markup.
        options.setResultTypes(List.of("violations"));
        // The page has no frames; the other mode would open a new page for each check.
        return new AxeBuilder(page).setLegacyMode(true).options(options);
    }

    private static void check(AxeBuilder axe, String state) {
        assertThat(axe.analyze().getViolations().stream().flatMap(Look::faults))
                .as(state)
                .isEmpty();
    }

    private static void takePicture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(PICTURES, name)));
        Path inReadme = README_PICTURES.resolve(name);
        if (Files.exists(inReadme)) {
            page.screenshot(new Page.ScreenshotOptions().setPath(inReadme));
        }
    }

    /** Name such as {@code phone-dark}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Stream<String> faults(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> "%s: %s %s".formatted(rule.getId(), node.getHtml(), node.getFailureSummary()));
    }
}
