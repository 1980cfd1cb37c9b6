/** True when the open panel can be shown: all panels except the search need an open room. @param {Page.Chat} given */
export function isShown({ panel, current }) {
  return panel !== null && (current !== null || panel.kind === "search");
}

/** Identity of a panel; the search is the same in all rooms. @param {Page.Panel} given @param {string | null} room */
export function keyOf({ kind, seq, stamp, query }, room) {
  return (kind === "search" ? [kind, query] : [kind, seq, stamp, room]).join("/");
}
