// A classic script, for modules run too late for this: it works also when none of them comes.
(() => {
  // Before anything is drawn, so that a page in dark never flashes in light.
  try {
    const theme = localStorage.getItem("parlance.theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // A browser that blocks the storage shows its own choice.
  }

  const FIRST_WAIT_MS = 500;
  const LONGEST_WAIT_MS = 60_000;
  /** A page that lacks a style sheet can be used, and is not loaded again for ever. */
  const MAX_TRIES_IN_USE = 5;
  const ANSWER_WITHIN_MS = 10_000;
  const SLOW_MS = 15_000;
  const STALLED_MS = 60_000;

  const loading = () => document.getElementById("loading");

  /** What the page says while it is not there, and since when it is known not to come. */
  let failed = false;

  /** @param {"slow" | "unreachable" | "broken"} key of one of the note's texts */
  function say(key) {
    if (loading()) {
      const note = document.getElementById("loading-text");
      loading().dataset.failed = String(failed);
      note.dataset.shown = key;
      note.textContent = note.dataset[key];
    }
  }

  /** A file did not come, or its script failed: a node or the network may have gone away just then. */
  function fail(key, isEarly = document.readyState === "loading") {
    if (!failed && (loading() || isEarly)) {
      failed = true;
      addEventListener("DOMContentLoaded", () => say(key));
      say(key);
      addEventListener("online", tryAgain);
      later();
    }
  }

  /** Waits longer each time. The count of tries survives reloads also where no storage is allowed. */
  function later() {
    const tries = history.state?.tries ?? 0;
    history.replaceState({ ...history.state, tries: tries + 1 }, "");
    setTimeout(tryAgain, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + Math.random() / 2));
  }

  /** Loads the page again once the server answers: the browser's own page for a failed load would not try again. */
  async function tryAgain() {
    if (!loading() && history.state?.tries > MAX_TRIES_IN_USE) {
      return;
    }
    try {
      const answer = await fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      if (answer.ok) {
        await leaveWorker().catch(() => {});
        location.reload();
        return;
      }
    } catch {
      // Not yet.
    }
    later();
  }

  /** The files that the service worker has kept do not work: the next load gets those of the server. */
  async function leaveWorker() {
    if (navigator.serviceWorker?.controller) {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.unregister();
    }
  }

  addEventListener(
    "error",
    ({ target }) => {
      const isStyle = target instanceof HTMLLinkElement && target.rel === "stylesheet";
      if (target instanceof HTMLScriptElement) {
        fail("unreachable");
      } else if (isStyle) {
        // The page may be drawn by then.
        fail("unreachable", document.readyState !== "complete");
      } else if (target === window) {
        fail("broken");
      }
    },
    true,
  );
  addEventListener("unhandledrejection", () => fail("broken"));
  addEventListener("DOMContentLoaded", () =>
    document.getElementById("loading-again")?.addEventListener("click", (click) => {
      click.preventDefault();
      location.reload();
    }),
  );
  setTimeout(() => failed || say("slow"), SLOW_MS);
  setTimeout(() => fail("unreachable"), STALLED_MS);
  addEventListener("load", () => {
    if (!loading() && history.state?.tries) {
      history.replaceState({ ...history.state, tries: 0 }, "");
    }
  });
})();
