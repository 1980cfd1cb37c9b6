/** Version of Unicode's emoji up to which the fonts of all supported browsers have them. */
const FIRST_CHECKED = 12;
const KNOWN = "\u{1f600}";
const SIZE_PX = 24;
/** Factor of the width above which the font has drawn one emoji as two. */
const WIDEST = 1.5;

/** @type {Set<number> | null} */
let missing = null;

/**
 * Versions of emoji that are missing in the fonts of this browser and would be drawn as boxes. To find out, one emoji
 * of each version is drawn.
 *
 * @param {import("../model/emoji-list.js").EmojiList} list
 * @returns {Set<number>}
 */
export function missingVersions(list) {
  missing ??= check(list);
  return missing;
}

/** @param {Page.EmojiList} list */
function check(list) {
  const samples = new Map();
  for (const { version, emoji } of list.groups.flatMap((group) => group.emoji)) {
    if (version >= FIRST_CHECKED && !samples.has(version)) {
      samples.set(version, emoji);
    }
  }
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  // Nothing is known without coloured emoji, or when the browser denies pages the contents of a canvas.
  if (context === null || !isColoured(context, KNOWN)) {
    return new Set();
  }
  const widest = context.measureText(KNOWN).width * WIDEST;
  return new Set(
    [...samples]
      .filter(([, emoji]) => !isColoured(context, emoji) || context.measureText(emoji).width > widest)
      .map(([version]) => version),
  );
}

/** @param {CanvasRenderingContext2D} context @param {string} emoji */
function isColoured(context, emoji) {
  context.font = `${SIZE_PX}px sans-serif`;
  context.textBaseline = "top";
  context.clearRect(0, 0, 2 * SIZE_PX, 2 * SIZE_PX);
  context.fillText(emoji, 0, 0);
  const { data } = context.getImageData(0, 0, 2 * SIZE_PX, 2 * SIZE_PX);
  return data.some((value, index) => index % 4 < 2 && value !== data[index + 1]);
}
