/** True when the open panel can be shown: all panels except the search need an open room. */
export function isShown({ panel, current }) {
  return panel !== null && (current !== null || panel.kind === "search");
}

/** Identity of a panel; the search is the same in all rooms. */
export function keyOf({ kind, seq, stamp, query }, room) {
  return (kind === "search" ? [kind, query] : [kind, seq, stamp, room]).join("/");
}
