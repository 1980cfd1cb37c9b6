import { Model } from "./model.js";
import { Retries } from "./retries.js";
import { zone } from "./zone.js";

const TYPING_MS = 250;
/** The index of the server is a moment behind what is said, so it is asked again, slower each time. */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 16_000];
const FOUND_BY = ["message", "edit", "delete", "pin"];

/**
 * @typedef {{name: string, value: string, text: string}} Chip a filter of the query, as the server reads it and as it is written
 */

/**
 * A search, newest hits first; kept up with what is said as long as it is shown and only its first page is. The query is that of
 * its chips and then of the text. A filter that somebody has typed becomes a chip once the server says that it is one and
 * something follows it.
 */
export class Search extends Model {
  /** Typed text, without the chips. */
  text = "";
  /** @type {Chip[]} */
  chips = [];
  /** @type {any[]} */
  hits = [];
  /** Whether the hits are of the present query, and not still of the one before. */
  answered = false;
  /** Why there is no answer. @type {{message: string, retryable: boolean} | null} */
  failure = null;
  #client;
  #ends;
  #query = "";
  /** @type {string | null} */
  #next = null;
  #furtherPages = false;
  #tries = 0;
  /** True when filters at the end of the text are finished, too. */
  #isSubmitted = false;
  /** Text that a filter has left when it became a chip: the blank at its end was the filter's. @type {string | null} */
  #left = null;
  #isShown = false;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #waiting = null;
  #retries = new Retries(() => this.#isShown && this.again());

  constructor(client) {
    super();
    this.#client = client;
    this.#ends = [
      client.on("event", ({ event }) => FOUND_BY.includes(event.kind) && this.#said()),
      client.on("reset", ({ from }) => from === 0 && this.#changed()),
    ];
  }

  close() {
    this.hide();
    this.#ends.forEach((end) => end());
  }

  get hasMore() {
    return this.#next !== null;
  }

  /** True when something is asked for: the rooms alone are only a place to search in. */
  get isAsked() {
    return this.#query !== "";
  }

  /** @param {string} name */
  has(name) {
    return this.chips.some((chip) => chip.name === name);
  }

  /** @param {string} name @returns {string} value of the last filter of that name; empty without one */
  valueOf(name) {
    return this.chips.findLast((chip) => chip.name === name)?.value ?? "";
  }

  /** Goes on with the search of before. */
  show() {
    this.#isShown = true;
    if (this.isAsked) {
      this.#changed();
    }
  }

  hide() {
    this.#isShown = false;
    this.#stopWaiting();
  }

  /** @param {string} text */
  type(text) {
    this.text = text;
    this.#isSubmitted = false;
    this.#ask(TYPING_MS);
  }

  /** Asks at once, and takes a filter at the end of the text for finished. */
  submit() {
    this.#isSubmitted = true;
    this.#query = "";
    this.#ask(0);
  }

  /** Adds a filter, in place of all others of its name when it is to be the only one. @param {string} name @param {string} value */
  add(name, value, { only = false } = {}) {
    this.chips = this.chips.filter((chip) => chip.name !== name || (!only && chip.value !== value));
    if (value !== "") {
      const quoted = /\s/.test(value) ? `"${value}"` : value;
      this.chips = [...this.chips, { name, value, text: `${name}:${quoted}` }];
    }
    this.#ask(0);
  }

  /** @param {(chip: Chip) => boolean} fits */
  remove(fits) {
    this.chips = this.chips.filter((chip) => !fits(chip));
    this.#ask(0);
  }

  /** Makes the last chip text again, to be changed. */
  unfold() {
    const chip = this.chips.at(-1);
    if (chip) {
      this.chips = this.chips.slice(0, -1);
      this.type(`${chip.text}${this.text}`);
    }
  }

  /** Asks again what failed. */
  again() {
    this.#retries.stop();
    return this.#furtherPages ? this.more() : this.#first();
  }

  /** Adds the next page. */
  async more() {
    this.#furtherPages = true;
    this.#stopWaiting();
    const page = await this.#page(this.#next);
    if (page) {
      this.#take({ hits: [...this.hits, ...page.hits], next: page.next });
    }
  }

  /** Asks once no more is typed. */
  #ask(delayMs) {
    const query = this.#written();
    if (query !== this.#query) {
      this.#query = query;
      this.#tries = 0;
      this.#furtherPages = false;
      this.#retries.stop();
      Object.assign(this, { answered: false, failure: null });
      if (query === "") {
        this.#take({ hits: [] });
        this.#stopWaiting();
      } else {
        this.#askAfter(delayMs);
      }
    }
    this.changed();
  }

  /** The query for the server, the text last, as its last word is a beginning; empty when nothing is asked for. */
  #written() {
    const isNarrow = this.text.trim() !== "" || this.chips.some((chip) => chip.name !== "in");
    const text = this.text === this.#left ? this.text.trim() : this.text.trimStart();
    return isNarrow ? [...this.chips.map((chip) => chip.text), text].join(" ") : "";
  }

  async #first() {
    const page = await this.#page(null);
    if (page && !this.#furtherPages) {
      this.answered = true;
      this.#fold(page.filters);
      this.#take(page);
    }
    if (this.answered && !this.hasMore) {
      this.#askAgain();
    }
  }

  /** Makes chips of the filters that were typed and are finished. The query stays the same but for the places of blanks. */
  #fold(filters) {
    const begin = this.#query.length - this.text.trimStart().length;
    const finished = filters.filter(({ range: [from, to] }) => from >= begin && (this.#isSubmitted || to < this.#query.length));
    this.#isSubmitted = false;
    if (finished.length === 0) {
      return;
    }
    let rest = this.#query;
    for (const { range: [from, to] } of finished.toReversed()) {
      rest = rest.slice(0, from) + rest.slice(to).replace(/^\s/, "");
    }
    const typed = finished.map(({ name, value, range: [from, to] }) => ({ name, value, text: this.#query.slice(from, to) }));
    this.text = rest.slice(begin);
    this.#left = this.text;
    this.chips = [...this.chips, ...typed];
    this.#query = this.#written();
  }

  /** @returns {Promise<any>} null when it failed, or something else is asked by now */
  async #page(from) {
    const query = this.#query;
    try {
      const page = await this.#client.api.search(query, from ?? undefined, { zone: zone(), typing: !this.#isSubmitted });
      return query === this.#query ? page : null;
    } catch (failure) {
      // What is shown already stays as it is.
      if (query === this.#query && (!this.answered || this.#furtherPages)) {
        this.failure = failure;
        this.#retries.failed(failure);
        this.changed();
      }
      return null;
    }
  }

  #take({ hits, next }) {
    this.hits = hits;
    this.#next = next ?? null;
    this.failure = null;
    this.#retries.succeeded();
    this.changed();
  }

  #said() {
    if (this.answered && !this.#furtherPages) {
      this.#tries = 0;
      this.#askAgain();
    }
  }

  /** Messages of a room are gone, or others: from the first page on all is asked for again. */
  #changed() {
    if (this.isAsked) {
      this.#tries = 0;
      this.#furtherPages = false;
      this.#askAfter(TYPING_MS);
    }
  }

  #askAgain() {
    if (this.#waiting === null && this.#tries < AGAIN_MS.length && !this.#furtherPages) {
      this.#askAfter(AGAIN_MS[this.#tries++]);
    }
  }

  #askAfter(delayMs) {
    this.#stopWaiting();
    if (this.#isShown) {
      this.#waiting = setTimeout(() => {
        this.#waiting = null;
        this.#first();
      }, delayMs);
    }
  }

  #stopWaiting() {
    clearTimeout(this.#waiting ?? undefined);
    this.#waiting = null;
    this.#retries.stop();
  }
}
