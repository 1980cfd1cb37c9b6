import { words } from "../words.js";

/** Words of the panel of pinned messages. */
export const say = words("pins", {
  title: "Pinned messages",
  failed: "The pinned messages could not be loaded.",
  none: "Nothing is pinned. What everybody should find again, pin it from its menu.",
});
