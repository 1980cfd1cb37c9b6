import { Backoff } from "./backoff.js";
import { ParlanceError } from "./errors.js";
import { isFresh } from "./session.js";
import { ENDINGS_KEY, StoredValue } from "./storage.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./session.js").Tokens} Tokens
 */

const MAX_ENDINGS = 5;

/**
 * Sessions that the user has ended here without a connection, so that the server may not know it. They are stored with
 * their tokens, and the server is told as soon as it can be reached, also after a restart.
 */
export class Endings {
  /** @type {StoredValue<Tokens[]>} */
  #stored;
  #rest;
  #inCookie;
  #session;
  #ended;
  #backoff;
  /** The sessions, if the storage has no space for them. @type {Tokens[] | null} */
  #unkept = null;
  #timers = new Timers();
  /** @type {Promise<boolean> | null} */
  #running = null;

  /**
   * @param {import("./rest.js").Rest} rest
   * @param {import("./storage.js").TextStorage} storage
   * @param {StoredValue<Tokens>} session the present session, whose cookie has replaced the one before
   * @param {import("./session.js").SessionOptions} options
   * @param {(userId: string) => void} ended called for each session that ends later than its user wanted
   */
  constructor(rest, storage, session, { inCookie, random, settings }, ended) {
    this.#rest = rest;
    this.#stored = new StoredValue(storage, ENDINGS_KEY);
    this.#session = session;
    this.#inCookie = inCookie;
    this.#ended = ended;
    this.#backoff = new Backoff(random, settings);
  }

  /**
   * Ends a session, now if possible. @param {Tokens} tokens @returns {Promise<boolean>} false when it will end later
   */
  async add(tokens) {
    this.#keep([...this.#all(), tokens].slice(-MAX_ENDINGS));
    // A running attempt does not include this session.
    await this.#running;
    return this.#runOnce(tokens.accessToken);
  }

  /** Ends the pending sessions on the server. @returns {Promise<boolean>} true when none is left */
  run() {
    this.#timers.clear();
    return this.#runOnce(null);
  }

  close() {
    this.#timers.clear();
  }

  /** @param {string | null} now access token of the session that ends now */
  #runOnce(now) {
    this.#running ??= this.#endAll(now).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** @param {string | null} now */
  async #endAll(now) {
    for (const tokens of this.#all()) {
      try {
        await this.#end(tokens);
      } catch (failure) {
        if (!(failure instanceof ParlanceError) || failure.retryable) {
          this.#timers.after(this.#backoff.next(), () => void this.run());
          return false;
        }
        // The session has ended already, or its tokens can no longer end it.
      }
      this.#keep(this.#all().filter(({ accessToken }) => accessToken !== tokens.accessToken));
      if (tokens.accessToken !== now) {
        this.#ended(tokens.userId);
      }
    }
    this.#backoff.reset();
    return true;
  }

  /** @param {Tokens} tokens */
  async #end(tokens) {
    // The answer deletes the cookie, which may belong to another session by now.
    const credentials = this.#isLoggedIn ? "omit" : "same-origin";
    const token = isFresh(tokens) ? tokens.accessToken : await this.#refreshed(tokens);
    if (token !== null) {
      await this.#rest.request("DELETE", "/sessions/current", { token, credentials });
    }
  }

  /** @param {Tokens} tokens @returns {Promise<string | null>} null when the cookie belongs to another session by now */
  async #refreshed({ refreshToken, clientId }) {
    if (this.#inCookie && this.#isLoggedIn) {
      return null;
    }
    const body = { ...(!this.#inCookie && { refreshToken }), ...(clientId !== undefined && { clientId }) };
    return (await this.#rest.request("POST", "/sessions/refresh", { body })).accessToken;
  }

  get #isLoggedIn() {
    return this.#session.read() !== null;
  }

  #all() {
    return this.#unkept ?? this.#stored.read() ?? [];
  }

  /** @param {Tokens[]} sessions */
  #keep(sessions) {
    try {
      this.#stored.write(sessions.length > 0 ? sessions : null);
      this.#unkept = null;
    } catch {
      this.#unkept = sessions;
    }
  }
}
