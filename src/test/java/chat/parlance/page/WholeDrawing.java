package chat.parlance.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * Draws every component of a page again, also where nothing has changed for it, and compares: a component that was not told of
 * a change shows something else afterwards. The page has to be served as modules, see {@link Drawings}.
 */
final class WholeDrawing {

    /** Notes what waits for a frame, or for the end of a short pause: it may draw. */
    private static final String WATCH = """
        () => {
          const PAUSE_MS = 500;
          const [onFrame, later, clear] = [requestAnimationFrame, setTimeout, clearTimeout].map((each) => each.bind(window));
          const awaited = (window.awaitedDrawings = new Set());
          const noted = (start, draw) => {
            const id = start((...more) => {
              awaited.delete(id);
              draw(...more);
            });
            awaited.add(id);
            return id;
          };
          window.requestAnimationFrame = (draw) => noted(onFrame, draw);
          window.setTimeout = (act, ms = 0, ...more) =>
            ms > PAUSE_MS ? later(act, ms, ...more) : noted((run) => later(run, ms), () => act(...more));
          window.clearTimeout = (id) => {
            awaited.delete(id);
            clear(id);
          };
        }
        """;

    /** The time since a message is left out: it is read when a pointer comes. */
    private static final String DRAW = """
        async () => {
          const { options } = await import('preact');
          const place = document.getElementById('app');
          const shown = () => place.innerHTML.replaceAll(/(<time [^>]*)title="[^"]*"/g, '$1').split(/(?=<)/);
          do {
            await new Promise((next) => setTimeout(next));
          } while (window.awaitedDrawings.size > 0);
          const before = shown();
          const parts = [];
          const visit = (node) => {
            if (node) {
              parts.push(node.__c);
              node.__k?.forEach(visit);
            }
          };
          place.__k.__k.forEach(visit);
          const later = options.debounceRendering;
          options.debounceRendering = (draw) => draw();
          // One that another's drawing has removed has no parent any more.
          parts.filter((part) => part?.__v.__).forEach((part) => part.__v.__ && part.forceUpdate());
          options.debounceRendering = later;
          return [before, shown()];
        }
        """;

    private final Page page;

    private WholeDrawing(Page page) {
        this.page = page;
    }

    static WholeDrawing of(Page page) {
        page.evaluate(WATCH);
        return new WholeDrawing(page);
    }

    /** Makes sure that the page shows its models as they are now. */
    void assertFresh() {
        List<?> drawings = (List<?>) page.evaluate(DRAW);
        assertThat((List<?>) drawings.getFirst())
                .as("the page, and the same drawn as a whole")
                .isEqualTo(drawings.getLast());
    }
}
