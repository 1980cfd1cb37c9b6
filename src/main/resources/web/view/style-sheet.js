/** Loads of style sheets, by their paths. @type {Map<string, Promise<unknown>>} */
const loads = new Map();

/**
 * Loads a style sheet that the first look does not need, once. A failed load is repeated by the next call.
 *
 * @param {string} path
 */
export function loadStyle(path) {
  const begun = loads.get(path) ?? load(path);
  loads.set(path, begun);
  return begun;
}

/** @param {string} path */
function load(path) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: path });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => {
      link.remove();
      loads.delete(path);
      reject(new Error("A style sheet was not loaded"));
    });
    document.head.append(link);
  });
}
