/**
 * @typedef {import("./code-pieces.js").Pieces} Pieces
 * @typedef {{code: string, language: string, key: string, resolve: (pieces: Pieces | null) => void}} Wanted
 */

/** Limits of the time and memory for colours of code. Code beyond them stays without colours. */
export const LIMITS = {
  /** Limit of the characters of one code block. */
  length: 10_000,
  /**
   * Time for one code block, after which the worker is terminated: some texts need a time that grows with a power of
   * their length.
   */
  blockMs: 500,
  /** Time for the worker to load. */
  loadMs: 30_000,
  /** Pause after a failed load of the worker. */
  retryMs: 30_000,
  /** Limit of the code blocks that wait for the worker. */
  waiting: 200,
  /** Limit of the code blocks whose colours are cached. */
  kept: 200,
};

const SCRIPT = "/highlighter.js";

/** Address of the script for Trusted Types. The policy can be created once, and allows no other script. */
let address = null;

function startWorker() {
  address ??=
    globalThis.trustedTypes?.createPolicy("highlighter", { createScriptURL: () => SCRIPT }).createScriptURL("") ?? SCRIPT;
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
   * Cached pieces; null for code that stays without colours, undefined for code that was not read yet.
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
