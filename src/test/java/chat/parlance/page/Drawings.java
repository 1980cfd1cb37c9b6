package chat.parlance.page;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the components that Preact draws, by name, through its hook for tools ({@code options.__r}). The page has to be
 * served as modules: a bundle hides Preact, and shortens the names.
 */
final class Drawings {

    private static final String COUNT = """
        async () => {
          const { options } = await import('preact');
          const before = options.__r;
          window.drawn = {};
          options.__r = (node) => {
            before?.(node);
            const name = node.type.name || 'unnamed';
            window.drawn[name] = (window.drawn[name] ?? 0) + 1;
          };
        }
        """;

    /** All that an action causes is drawn with the frame after it at the latest. */
    private static final String AFTER_FRAMES =
            "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))";

    private final Page page;

    private Drawings(Page page) {
        this.page = page;
    }

    static Drawings of(Page page) {
        page.evaluate(COUNT);
        return new Drawings(page);
    }

    /** @param action returns when its effect is on the page */
    Map<String, Integer> during(Runnable action) {
        page.evaluate(AFTER_FRAMES);
        page.evaluate("() => { window.drawn = {}; }");
        action.run();
        page.evaluate(AFTER_FRAMES);
        Map<String, Integer> drawn = new TreeMap<>();
        new JsonObject(String.valueOf(page.evaluate("() => JSON.stringify(window.drawn)")))
                .forEach(entry -> drawn.put(entry.getKey(), ((Number) entry.getValue()).intValue()));
        return drawn;
    }
}
