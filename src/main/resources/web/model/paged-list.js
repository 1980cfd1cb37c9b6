import { Model } from "./model.js";

/** Entries of a page. */
export const PAGE = 50;

/**
 * A list of the server that is loaded page by page, by a filter. Answers to an earlier filter are dropped.
 *
 * @template Item
 * @template {object} Filter
 */
export class PagedList extends Model {
  /** @type {Item[]} */
  items = [];
  /** @type {"loading" | "loaded" | "failed"} */
  state = "loading";
  /** True when there is another page. */
  hasMore = false;
  /** @type {Filter} */
  filter;
  #fetch;
  /** Number of loads; an answer to an earlier one is out of date. */
  #loads = 0;

  /**
   * @param {(filter: Filter, last: Item | null, limit: number) => Promise<Item[]>} fetch gets a page after an item, the
   *   first without one
   * @param {Filter} filter
   */
  constructor(fetch, filter) {
    super();
    this.#fetch = fetch;
    this.filter = filter;
  }

  /** Loads the first page, by another filter if one is given. @param {Partial<Filter>} [changes] */
  async load(changes = {}) {
    this.filter = Object.assign({}, this.filter, changes);
    this.state = "loading";
    this.changed();
    await this.#read(null);
  }

  /** Loads the next page. */
  async more() {
    if (this.hasMore && this.state !== "loading") {
      this.state = "loading";
      this.changed();
      await this.#read(this.items.at(-1) ?? null);
    }
  }

  /** Replaces an item, or removes it. @param {(item: Item) => boolean} isIt @param {Item | null} now */
  put(isIt, now) {
    this.items = this.items.flatMap((item) => (isIt(item) ? (now === null ? [] : [now]) : [item]));
    this.changed();
  }

  /** @param {Item | null} last */
  async #read(last) {
    const load = ++this.#loads;
    try {
      const page = await this.#fetch(this.filter, last, PAGE);
      if (load === this.#loads) {
        this.items = last === null ? page : [...this.items, ...page];
        this.hasMore = page.length === PAGE;
        this.state = "loaded";
      }
    } catch {
      if (load === this.#loads) {
        this.state = "failed";
      }
    }
    if (load === this.#loads) {
      this.changed();
    }
  }
}
