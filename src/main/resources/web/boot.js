// A classic script, for modules run too late for this.
(() => {
  // Before anything is drawn, so that a page in dark never flashes in light.
  const theme = localStorage.getItem("parlance.theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }

  // A file that does not come, since a node or the network went away just then, leaves an empty page: try again, slower
  // each time and not for ever.
  const TRIES = "parlance.tries";
  const MAX_TRIES = 5;
  addEventListener(
    "error",
    ({ target }) => {
      const tries = Number(sessionStorage.getItem(TRIES) ?? 0);
      if ((target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) && tries < MAX_TRIES) {
        sessionStorage.setItem(TRIES, String(tries + 1));
        setTimeout(() => location.reload(), 250 * 2 ** tries);
      }
    },
    true,
  );
  addEventListener("load", () => document.querySelector(".app")?.firstChild && sessionStorage.removeItem(TRIES));
})();
