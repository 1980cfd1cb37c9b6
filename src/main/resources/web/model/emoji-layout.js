/**
 * @typedef {import("./emoji-list.js").Emoji} Emoji
 * @typedef {{title: string, emoji: Emoji[]}} Group
 * @typedef {{top: number, height: number, group: number, title: string | null, cells: Emoji[]}} Line a heading has a title and no
 *   cells
 * @typedef {{line: number, column: number}} Place of a cell
 */

export const HEADING_PX = 30;

/** Groups of emoji in lines, each at its height: only the lines in view are drawn, of two thousand emoji. */
export class EmojiLayout {
  /** @type {Line[]} */
  lines = [];
  /** Height in pixels. */
  height = 0;

  /** @param {Group[]} groups @param {number} columns @param {number} cellPx */
  constructor(groups, columns, cellPx) {
    this.columns = columns;
    groups.forEach(({ title, emoji }, group) => {
      this.#add({ group, title, cells: [], height: HEADING_PX });
      for (let at = 0; at < emoji.length; at += columns) {
        this.#add({ group, title: null, cells: emoji.slice(at, at + columns), height: cellPx });
      }
    });
  }

  /** @param {Omit<Line, "top">} line */
  #add(line) {
    this.lines.push({ ...line, top: this.height });
    this.height += line.height;
  }

  /** Index of the line at a height, from 0 to the last line. @param {number} top */
  lineAt(top) {
    const below = this.lines.findIndex((line) => line.top + line.height > top);
    return below < 0 ? this.lines.length - 1 : below;
  }

  /** Index of the heading of a group. @param {number} group */
  headingOf(group) {
    return this.lines.findIndex((line) => line.group === group);
  }

  /** The first cell from a line on, null without any. @returns {Place | null} */
  first(from = 0) {
    const line = this.lines.findIndex(({ cells }, index) => index >= from && cells.length > 0);
    return line < 0 ? null : { line, column: 0 };
  }

  /** @returns {Place | null} */
  get last() {
    const line = this.lines.findLastIndex(({ cells }) => cells.length > 0);
    return line < 0 ? null : { line, column: this.lines[line].cells.length - 1 };
  }

  /** @param {Place | null} place @returns {Emoji | undefined} */
  at(place) {
    return place === null ? undefined : this.lines[place.line]?.cells[place.column];
  }

  /**
   * The cell to which a key leads.
   *
   * @param {Place} from
   * @param {string} key as events name it, with "Control+" before it
   * @param {number} page lines of a page
   * @returns {Place | null} null when there is none, as above the first line
   */
  moved(from, key, page) {
    switch (key) {
      case "ArrowRight":
        return this.at({ ...from, column: from.column + 1 }) ? { ...from, column: from.column + 1 } : this.first(from.line + 1);
      case "ArrowLeft":
        return from.column > 0 ? { ...from, column: from.column - 1 } : this.#above(from, 1, Infinity);
      case "ArrowDown":
        return this.#below(from, 1);
      case "ArrowUp":
        return this.#above(from, 1, from.column);
      case "PageDown":
        return this.#below(from, page) ?? this.last;
      case "PageUp":
        return this.#above(from, page, from.column) ?? this.first();
      case "Home":
        return { ...from, column: 0 };
      case "End":
        return { ...from, column: this.lines[from.line].cells.length - 1 };
      case "Control+Home":
        return this.first();
      case "Control+End":
        return this.last;
      default:
        return null;
    }
  }

  /** @param {Place} given @param {number} steps */
  #below({ line, column }, steps) {
    const rows = this.#rows().filter((row) => row > line);
    return this.#nearest(rows[steps - 1], column);
  }

  /** @param {Place} given @param {number} steps @param {number} column */
  #above({ line }, steps, column) {
    const rows = this.#rows().filter((row) => row < line);
    return this.#nearest(rows.at(-steps), column);
  }

  #rows() {
    return this.lines.flatMap(({ cells }, index) => (cells.length > 0 ? [index] : []));
  }

  /** @param {number | undefined} line @param {number} column */
  #nearest(line, column) {
    return line === undefined ? null : { line, column: Math.min(column, this.lines[line].cells.length - 1) };
  }
}
