/**
 * Places of a list's rows, only those near the screen are drawn: a list of a thousand rooms costs no more than one of
 * fifty. Each group begins with its head; all heads have one height, and all rows another.
 */
export class ListWindow {
  /** Rows by their place from the top. @type {{key: string, group: number, top: number, height: number}[]} */
  rows = [];
  /** Tops and heights of the groups. @type {{top: number, height: number, first: number, size: number}[]} */
  groups = [];
  height = 0;
  /** @type {Map<string, number>} */
  #places = new Map();

  /** @param {{head: string, keys: string[]}[]} groups @param {{head: number, row: number}} heights */
  constructor(groups, heights) {
    groups.forEach(({ head, keys }, group) => {
      const top = this.height;
      const first = this.rows.length;
      this.#add(head, group, heights.head);
      keys.forEach((key) => this.#add(key, group, heights.row));
      this.groups.push({ top, height: this.height - top, first, size: keys.length });
    });
  }

  /** Index of a row, from 0; -1 for a missing one. @param {string} key */
  placeOf(key) {
    return this.#places.get(key) ?? -1;
  }

  /** @param {string} key @returns {number | null} null for a missing row */
  topOf(key) {
    return this.rows[this.placeOf(key)]?.top ?? null;
  }

  /**
   * Indices of the first visible row between two heights, and of the one after the last. @returns {[number, number]}
   *
   * @param {number} top
   * @param {number} bottom
   */
  seen(top, bottom) {
    const from = this.#firstBelow(top);
    let to = from;
    while (to < this.rows.length && this.rows[to].top < bottom) {
      to++;
    }
    return [from, to];
  }

  /**
   * The nearest invisible row of the wanted ones in each direction. @param {(key: string) => boolean} wanted
   * @param {number} top
   * @param {number} bottom
   */
  beyond(top, bottom, wanted) {
    /** @param {{top: number, height: number}} row */
    const middleOf = (row) => row.top + row.height / 2;
    const above = this.rows.findLast((row) => middleOf(row) < top && wanted(row.key))?.key ?? null;
    const below = this.rows.find((row) => middleOf(row) > bottom && wanted(row.key))?.key ?? null;
    return { above, below };
  }

  /**
   * Distance by which the visible rows moved from an earlier window to this one: the median over all rows that are in
   * both, because a single row that moved elsewhere is no reason to scroll.
   *
   * @param {ListWindow} before @param {number} top @param {number} bottom
   */
  movedSince(before, top, bottom) {
    const [from, to] = before.seen(top, bottom);
    const ways = before.rows
      .slice(from, to)
      .map(({ key, top: was }) => ({ now: this.topOf(key), was }))
      .flatMap(({ now, was }) => (now === null ? [] : [now - was]))
      .sort((one, other) => one - other);
    return ways.length === 0 ? 0 : ways[ways.length >> 1];
  }

  /** @param {string} key @param {number} group @param {number} height */
  #add(key, group, height) {
    this.#places.set(key, this.rows.length);
    this.rows.push({ key, group, top: this.height, height });
    this.height += height;
  }

  /** Index of the first row that ends below a height. @param {number} height */
  #firstBelow(height) {
    let [from, to] = [0, this.rows.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.rows[middle].top + this.rows[middle].height <= height) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
