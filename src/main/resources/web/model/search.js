import { Model } from "./model.js";
import { Retries } from "./retries.js";
import { zone } from "./zone.js";

const TYPING_MS = 250;
/** Pauses before the search is repeated, since the server's index is slightly behind the messages. */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 16_000];
const FOUND_BY = ["message", "edit", "delete", "pin"];

/**
 * @typedef {{name: string, value: string, text: string}} Chip a filter of the query, as the server reads it and as it is written
 * @typedef {Page.Message & {ranges: [number, number][], excerpt?: boolean}} Hit a message with the ranges of its text that were found
 */

/**
 * A search, newest hits first, kept up to date while it is shown and only its first page is loaded. The query is that
 * of its chips followed by the text. A typed filter becomes a chip once the server has recognized it and something
 * follows it.
 */
export class Search extends Model {
  /** Typed text, without the chips. */
  text = "";
  /** @type {Chip[]} */
  chips = [];
  /** @type {Hit[]} */
  hits = [];
  /** True when the hits are those of the present query, and not of the one before. */
  answered = false;
  /** Failure of the search. @type {{message: string, retryable: boolean} | null} */
  failure = null;
  #client;
  #ends;
  #query = "";
  /** @type {string | null} */
  #nextPage = null;
  #furtherPages = false;
  #tries = 0;
  /** True when filters at the end of the text are finished, too. */
  #isSubmitted = false;
  /**
   * Text that is left after a filter became a chip: the blank at its end belonged to the filter. @type {string | null}
   */
  #left = null;
  #isShown = false;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #waiting = null;
  #retries = new Retries(() => this.#isShown && this.again());

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    this.#ends = [
      client.on("event", ({ event }) => FOUND_BY.includes(event.kind) && this.#said()),
      client.on("reset", ({ since }) => since === 0 && this.#changed()),
    ];
  }

  close() {
    this.hide();
    this.#ends.forEach((end) => end());
  }

  get hasMore() {
    return this.#nextPage !== null;
  }

  /** True when the query has more than rooms, which alone are only a scope. */
  get isAsked() {
    return this.#query !== "";
  }

  /** @param {string} name */
  has(name) {
    return this.chips.some((chip) => chip.name === name);
  }

  /** @param {string} name @returns {string} value of the last filter with that name; empty without one */
  valueOf(name) {
    return this.chips.findLast((chip) => chip.name === name)?.value ?? "";
  }

  /** Resumes the last search. */
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

  /** Searches at once, and treats a filter at the end of the text as finished. */
  submit() {
    this.#isSubmitted = true;
    this.#query = "";
    this.#ask(0);
  }

  /** Adds a filter, in place of all others of its name if `only` is set. @param {string} name @param {string} value */
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

  /** Turns the last chip into text again, to be edited. */
  unfold() {
    const chip = this.chips.at(-1);
    if (chip) {
      this.chips = this.chips.slice(0, -1);
      this.type(`${chip.text}${this.text}`);
    }
  }

  /** Repeats the failed request. */
  again() {
    this.#retries.stop();
    return this.#furtherPages ? this.more() : this.#first();
  }

  /** Loads the next page. */
  async more() {
    this.#furtherPages = true;
    this.#stopWaiting();
    const page = await this.#page(this.#nextPage);
    if (page) {
      this.#take({ hits: [...this.hits, ...page.hits], nextPage: page.nextPage });
    }
  }

  /** Searches after a pause in typing. @param {number} delayMs */
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

  /**
   * Query for the server, the text last, because its last word is a prefix; empty when there is nothing to search for.
   */
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

  /**
   * Turns typed, finished filters into chips. The query stays the same except for blanks.
   *
   * @param {{name: string, value: string, range: [number, number]}[]} filters
   */
  #fold(filters) {
    const begin = this.#query.length - this.text.trimStart().length;
    const finished = filters.filter(({ range: [from, to] }) => from >= begin && (this.#isSubmitted || to < this.#query.length));
    this.#isSubmitted = false;
    if (finished.length === 0) {
      return;
    }
    let rest = this.#query;
    for (const {
      range: [from, to],
    } of finished.toReversed()) {
      rest = rest.slice(0, from) + rest.slice(to).replace(/^\s/, "");
    }
    const typed = finished.map(({ name, value, range: [from, to] }) => ({ name, value, text: this.#query.slice(from, to) }));
    this.text = rest.slice(begin);
    this.#left = this.text;
    this.chips = [...this.chips, ...typed];
    this.#query = this.#written();
  }

  /** @param {string | null} from @returns {Promise<any>} the answer; null when it failed, or the query has changed */
  async #page(from) {
    const query = this.#query;
    try {
      const page = await this.#client.api.search(query, from ?? undefined, { zone: zone(), incomplete: !this.#isSubmitted });
      return query === this.#query ? page : null;
    } catch (failure) {
      // Shown hits stay unchanged.
      if (query === this.#query && (!this.answered || this.#furtherPages)) {
        this.failure = failure;
        this.#retries.failed(failure);
        this.changed();
      }
      return null;
    }
  }

  /** @param {{hits: Hit[], nextPage?: string}} given */
  #take({ hits, nextPage }) {
    this.hits = hits;
    this.#nextPage = nextPage ?? null;
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

  /** Called when a room's messages are deleted or replaced: everything is loaded again from the first page on. */
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

  /** @param {number} delayMs */
  #askAfter(delayMs) {
    this.#stopWaiting();
    if (this.#isShown) {
      this.#waiting = setTimeout(() => {
        this.#waiting = null;
        void this.#first();
      }, delayMs);
    }
  }

  #stopWaiting() {
    clearTimeout(this.#waiting ?? undefined);
    this.#waiting = null;
    this.#retries.stop();
  }
}
