import { Model } from "./model.js";

const TYPING_MS = 250;
/** The index of the server is a moment behind what is said, so it is asked again, slower each time. */
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 16_000];
const FOUND_BY = ["message", "edit", "delete"];

/** A search, newest hits first; kept up with what is said as long as only its first page is shown. */
export class Search extends Model {
  /** @type {any[]} */
  hits = [];
  /** Whether the hits are of the present query, and not still of the one before. */
  answered = false;
  failure = "";
  #client;
  #query = "";
  /** @type {string | null} */
  #next = null;
  #furtherPages = false;
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #waiting = null;
  #ends;

  constructor(client) {
    super();
    this.#client = client;
    this.#ends = [
      client.on("event", ({ event }) => FOUND_BY.includes(event.kind) && this.#said()),
      client.on("reset", ({ from }) => from === 0 && this.#changed()),
    ];
  }

  get hasMore() {
    return this.#next !== null;
  }

  /** Asks once no more is typed. @param {string} query nothing is found by an empty one */
  ask(query) {
    if (query === this.#query) {
      return;
    }
    this.#query = query;
    this.#tries = 0;
    this.#furtherPages = false;
    this.answered = false;
    this.failure = "";
    if (query === "") {
      this.#take({ hits: [] });
      this.#stopWaiting();
    } else {
      this.#askAfter(TYPING_MS);
    }
    this.changed();
  }

  /** Asks again what failed. */
  again() {
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

  close() {
    this.#stopWaiting();
    this.#query = "";
    this.answered = false;
    this.#ends.forEach((end) => end());
  }

  async #first() {
    const page = await this.#page(null);
    if (page && !this.#furtherPages) {
      this.answered = true;
      this.#take(page);
    }
    if (this.answered && !this.hasMore) {
      this.#askAgain();
    }
  }

  /** @returns {Promise<{hits: any[], next?: string} | null>} null when it failed, or something else is asked by now */
  async #page(from) {
    const query = this.#query;
    try {
      const page = await this.#client.api.search(query, from ?? undefined, { zone: zone(), typing: true });
      return query === this.#query ? page : null;
    } catch (refused) {
      // What is shown already stays as it is.
      if (query === this.#query && (!this.answered || this.#furtherPages)) {
        this.failure = refused.message;
        this.changed();
      }
      return null;
    }
  }

  #take({ hits, next }) {
    this.hits = hits;
    this.#next = next ?? null;
    this.failure = "";
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
    if (this.#query !== "") {
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
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      this.#first();
    }, delayMs);
  }

  #stopWaiting() {
    clearTimeout(this.#waiting ?? undefined);
    this.#waiting = null;
  }
}

/** The reader's time zone, in which a day begins; the present offset where the browser names none. */
function zone() {
  const named = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (named && named !== "Etc/Unknown") {
    return named;
  }
  const minutes = -new Date().getTimezoneOffset();
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
