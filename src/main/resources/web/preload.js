// A classic script, for modules run too late for this.
(({ session, room }) => {
  // A logged-in user needs these modules soon: they are fetched beside the first one, not after it.
  /** @param {string} path */
  const fetchSoon = (path) => {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = path;
    document.head.append(link);
  };
  try {
    if (localStorage.getItem("parlance.session")) {
      [session, location.hash && room].forEach((path) => path && fetchSoon(path));
    }
  } catch {
    // Without a storage there is no session either.
  }
})(/** @type {HTMLScriptElement} */ (document.currentScript).dataset);
