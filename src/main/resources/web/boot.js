// A classic script, because modules run too late for this: it works even if none of them loads.
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
  /** Limit of reloads of a page that lacks a style sheet but can be used. */
  const MAX_TRIES_IN_USE = 5;
  const ANSWER_WITHIN_MS = 10_000;
  const SLOW_MS = 15_000;
  const STALLED_MS = 60_000;

  const loading = () => document.getElementById("loading");

  /** Message of the page while it is not loaded, and the time since which its load is known to have failed. */
  let failed = false;

  /** @param {"slow" | "unreachable" | "broken"} key of one of the note's texts */
  function say(key) {
    const place = loading();
    if (place) {
      const note = /** @type {HTMLElement} */ (document.getElementById("loading-text"));
      place.dataset.failed = String(failed);
      note.dataset.shown = key;
      note.textContent = note.dataset[key] ?? null;
    }
  }

  /**
   * A file did not come, or its script failed: a node or the network may have gone away just then.
   *
   * @param {"slow" | "unreachable" | "broken"} key
   */
  function fail(key, isEarly = document.readyState === "loading") {
    if (!failed && (loading() || isEarly)) {
      failed = true;
      addEventListener("DOMContentLoaded", () => say(key));
      say(key);
      addEventListener("online", tryAgain);
      later();
    }
  }

  /** Waits longer each time. The count of attempts survives reloads even if no storage is allowed. */
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

  /** Unregisters the service worker, whose cached files do not work: the next load uses those of the server. */
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
