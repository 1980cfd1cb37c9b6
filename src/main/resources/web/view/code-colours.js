/**
 * @typedef {import("./code-pieces.js").Pieces} Pieces
 * @typedef {{code: string, language: string, key: string, resolve: (pieces: Pieces | null) => void}} Wanted
 */

/** Bounds of the time and memory that colours of code may cost. What goes beyond them stays as it is. */
export const LIMITS = {
  /** Characters of one code block. */
  length: 10_000,
  /** Time for one code block; then the worker is ended, for some texts need a time that grows with a power of their length. */
  blockMs: 500,
  /** Time until the worker is there. */
  loadMs: 30_000,
  /** Pause after a worker that did not load. */
  retryMs: 30_000,
  /** Code blocks that wait for the worker. */
  waiting: 200,
  /** Code blocks whose colours are kept. */
  kept: 200,
};

const SCRIPT = "/highlighter.js";

/** The script's address as Trusted Types want it; the policy can be made once, and can name no other script. */
let address = null;

function startWorker() {
  address ??= globalThis.trustedTypes?.createPolicy("highlighter", { createScriptURL: () => SCRIPT }).createScriptURL("") ?? SCRIPT;
  return new Worker(/** @type {any} */ (address), { type: "module" });
}

/** Colours of code, found by a worker that is started with the first code block. */
export class CodeColours {
  #start;
  /** @type {Worker | null} */
  /** @type {Worker | null} */
  #worker = null;
  #ready = false;
  #pausedUntil = 0;
  /** @type {Wanted | null} */
  #current = null;
  /** @type {Wanted[]} */
  #waiting = [];
  /** @type {Map<string, Pieces | null>} */
  #known = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => Worker} start */
  constructor(start = startWorker) {
    this.#start = start;
  }

  /**
   * The pieces that are known already, null for code that stays as it is, undefined for code that was not read yet.
   *
   * @param {string} code
   * @param {string} language
   */
  known(code, language) {
    return this.#known.get(keyOf(code, language));
  }

  /** @param {string} code @param {string} language @returns {Promise<Pieces | null>} null for code that stays as it is */
  pieces(code, language) {
    const known = this.known(code, language);
    if (known !== undefined) {
      return Promise.resolve(known);
    }
    if (code.length > LIMITS.length || this.#waiting.length >= LIMITS.waiting || Date.now() < this.#pausedUntil) {
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      this.#waiting.push({ code, language, key: keyOf(code, language), resolve });
      this.#next();
    });
  }

  #next() {
    if (this.#current !== null || this.#waiting.length === 0) {
      return;
    }
    if (this.#worker === null) {
      this.#load();
    }
    if (this.#ready) {
      this.#current = /** @type {Wanted} */ (this.#waiting.shift());
      const { code, language } = this.#current;
      this.#wait(LIMITS.blockMs, () => {
        this.#end();
        this.#found(null);
      });
      this.#worker?.postMessage({ code, language });
    }
  }

  #load() {
    let worker;
    try {
      worker = this.#start();
    } catch {
      // A browser without workers that are modules.
      this.#fail();
      return;
    }
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (data === "ready") {
        clearTimeout(this.#timer);
        this.#ready = true;
        this.#next();
      } else {
        this.#found(data);
      }
    };
    worker.onerror = () => this.#fail();
    this.#wait(LIMITS.loadMs, () => this.#fail());
  }

  /** @param {Pieces | null} pieces */
  #found(pieces) {
    clearTimeout(this.#timer);
    const { key, resolve } = /** @type {Wanted} */ (this.#current);
    this.#current = null;
    this.#known.set(key, pieces);
    if (this.#known.size > LIMITS.kept) {
      this.#known.delete(this.#known.keys().next().value ?? "");
    }
    resolve(pieces);
    this.#next();
  }

  /** Leaves what waits as it is: the worker cannot be loaded now. */
  #fail() {
    clearTimeout(this.#timer);
    this.#end();
    this.#pausedUntil = Date.now() + LIMITS.retryMs;
    const left = [this.#current, ...this.#waiting];
    this.#current = null;
    this.#waiting = [];
    left.forEach((wanted) => wanted?.resolve(null));
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
  }

  /** @param {number} ms @param {() => void} late */
  #wait(ms, late) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(late, ms);
  }
}

/** @param {string} code @param {string} language */
const keyOf = (code, language) => `${language}\n${code}`;
