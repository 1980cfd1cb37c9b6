/** Whether a panel is open that fits what else is: all but the search are of a room. @param {Page.Chat} given */
export function isShown({ panel, current }) {
  return panel !== null && (current !== null || panel.kind === "search");
}

/** Tells panels apart; a search stays the same in all rooms. @param {Page.Panel} given @param {string | null} room */
export function keyOf({ kind, seq, stamp, query }, room) {
  return (kind === "search" ? [kind, query] : [kind, seq, stamp, room]).join("/");
}
