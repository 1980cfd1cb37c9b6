import { Endings } from "./endings.js";
import { ParlanceError, signedOutError } from "./errors.js";
import { exclusively } from "./locks.js";
import { StoredValue } from "./storage.js";

/**
 * @typedef {{userId: string, accessToken: string, refreshToken?: string, client?: string, expiresAt: number}} Tokens of a
 *   session; `expiresAt` is when the access token ends, in milliseconds since 1970; the refresh token may be in a cookie;
 *   `client` is a random text, by which the server knows all clients that share the storage as one
 * @typedef {"logout" | "ended"} SignedOutReason logout: the user logged out, in this tab or another; ended: the server has ended
 *   the session, which another device, a new password or time can do
 *
 * @typedef {object} SessionOptions
 * @property {boolean} inCookie whether the refresh token is left to a cookie that scripts cannot read
 * @property {() => number} random
 * @property {import("./settings.js").Settings} settings
 *
 * @typedef {object} SessionListener
 * @property {(reason: SignedOutReason, client: string | undefined) => void} over the session is over, whoever ended it; with the
 *   text by which the server knew the session's clients
 * @property {(userId: string) => void} ended the server has ended a session now whose log-out it could not be told before
 */

/** A token that is about to end is not worth a request. */
const SPARE_MS = 5_000;

/** Time for one refresh: two fit into the time for which the server repeats its answer (`auth.refreshGraceSeconds`). */
const REFRESH_TIMEOUT_MS = 4_000;

/**
 * Log-in of a user with its tokens. A refresh token is good once, and its late return ends the session. So the clients that
 * share the storage, other tabs too, refresh one at a time where there are Web Locks, and take the tokens that another one has
 * stored meanwhile. Without Web Locks (on a page without TLS) tabs may refresh at once, and the server gives all of them the
 * same next token. A lock in the storage would be worse than none: a tab that is reloaded or frozen would keep it.
 */
export class Session {
  /** @type {Tokens | null} */
  #tokens = null;
  /** @type {string | null} an access token that the server did not take */
  #refused = null;
  /** @type {Promise<void> | null} */
  #refreshing = null;
  #rest;
  /** @type {StoredValue<Tokens>} */
  #stored;
  #random;
  #settings;
  #inCookie;
  #endings;
  #listener;

  /**
   * @param {import("./rest.js").Rest} rest
   * @param {import("./storage.js").TextStorage} storage
   * @param {SessionOptions} options
   * @param {SessionListener} listener
   */
  constructor(rest, storage, options, listener) {
    this.#rest = rest;
    this.#stored = new StoredValue(storage, "parlance.session");
    this.#random = options.random;
    this.#settings = options.settings;
    this.#inCookie = options.inCookie;
    this.#endings = new Endings(rest, storage, this.#stored, options, listener.ended);
    this.#listener = listener;
  }

  /** @returns {string | null} */
  get userId() {
    return this.#tokens?.userId ?? null;
  }

  /** @param {string} userId @param {string} password */
  async logIn(userId, password) {
    // The new session may replace the cookie by which the one of before can be ended.
    await this.#endings.run();
    const body = { userId, password, ...(this.#inCookie && { refreshCookie: true }) };
    this.#keep(await this.#rest.request("POST", "/sessions", { body }), newClient());
  }

  /** Takes up the session that the storage holds. @returns {boolean} whether there is one */
  restore() {
    this.#tokens = this.#stored.read();
    return this.#tokens !== null;
  }

  /** Ends the session, here at once. @returns {Promise<boolean>} false when the server could not be told yet */
  async logOut() {
    const mine = this.#tokens;
    if (mine === null) {
      return true;
    }
    const stored = this.#stored.read();
    this.#end("logout");
    return this.#endings.add(stored?.userId === mine.userId ? stored : mine);
  }

  /** Tells the server of sessions that were ended without a connection. */
  endPending() {
    void this.#endings.run();
  }

  /** Stops trying to tell the server; what is left to tell stays in the storage. */
  close() {
    this.#endings.close();
  }

  /** Another tab has ended the session. @param {SignedOutReason} reason @param {string | undefined} client of that session */
  leave(reason, client) {
    if (this.#tokens?.client === client) {
      this.#forget(reason);
    }
  }

  /** Ends all sessions of the user, here too. */
  async logOutEverywhere() {
    await this.#rest.request("DELETE", "/sessions", { token: await this.token() });
    this.#end("logout");
  }

  /** An access token that is good for a while. @returns {Promise<string>} */
  async token() {
    if (!this.#tokens) {
      throw signedOutError();
    }
    if (this.#tokens.accessToken === this.#refused || !isFresh(this.#tokens)) {
      await this.renew();
    }
    return this.#current().accessToken;
  }

  /** The server does not take the access token any more, whatever the clock says. */
  refuse() {
    this.#refused = this.#tokens?.accessToken ?? null;
  }

  /**
   * Milliseconds until the access token is to be renewed, so that a connection outlives it. They are random: tabs that got one
   * token, and devices that lost one node, would otherwise renew in step, again and again. The first tab renews for all.
   */
  renewInMs() {
    const left = this.#current().expiresAt - Date.now();
    const latest = Math.max(left - this.#settings.renewBeforeMs, left / 2, 0);
    return latest * (1 - this.#settings.renewJitter * this.#random());
  }

  /** Gets a new pair of tokens, once for all who wait. @returns {Promise<void>} */
  renew() {
    this.#refreshing ??= exclusively(this.#stored.key, () => this.#refresh()).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refresh() {
    const mine = this.#current();
    const stored = this.#stored.read();
    if (stored?.userId !== mine.userId) {
      // Another tab has logged out, or somebody else in.
      this.#forget("logout");
      throw signedOutError();
    }
    if (this.#takeFromOthers(stored)) {
      return;
    }
    try {
      this.#keep(await this.#exchange(stored), stored.client);
    } catch (failure) {
      const isRefused = failure instanceof ParlanceError && !failure.retryable;
      // Another tab may have got new tokens before these were refused.
      if (isRefused && this.#takeFromOthers(this.#stored.read())) {
        return;
      }
      if (isRefused) {
        this.#end("ended");
      }
      throw failure;
    }
  }

  /** Takes what another tab has stored since, if it is good for a while. @param {Tokens | null} stored */
  #takeFromOthers(stored) {
    const mine = this.#current();
    // Not by the access token: two of the same second are equal.
    const isAnother = stored?.userId === mine.userId && stored.expiresAt !== mine.expiresAt;
    if (!isAnother || stored.accessToken === this.#refused || !isFresh(stored)) {
      return false;
    }
    this.#tokens = stored;
    return true;
  }

  /** Asks a second time at once when the answer is lost, while the server still repeats it. @param {Tokens} newest */
  async #exchange({ refreshToken, client }) {
    const body = { ...(!this.#inCookie && { refreshToken }), ...(client !== undefined && { client }) };
    const ask = () => this.#rest.request("POST", "/sessions/refresh", { body, timeoutMs: REFRESH_TIMEOUT_MS });
    try {
      return await ask();
    } catch (failure) {
      if (failure instanceof ParlanceError && failure.code === "network") {
        return await ask();
      }
      throw failure;
    }
  }

  /**
   * @param {{userId: string, accessToken: string, refreshToken?: string, expiresIn: number}} answer
   * @param {string | undefined} client
   */
  #keep({ userId, accessToken, refreshToken, expiresIn }, client) {
    const expiresAt = Date.now() + expiresIn * 1000;
    this.#tokens = {
      userId,
      accessToken,
      expiresAt,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(client !== undefined && { client }),
    };
    this.#stored.write(this.#tokens);
  }

  #current() {
    if (!this.#tokens) {
      throw signedOutError();
    }
    return this.#tokens;
  }

  /** @param {SignedOutReason} reason */
  #end(reason) {
    if (this.#tokens) {
      this.#stored.write(null);
      this.#forget(reason);
    }
  }

  /** @param {SignedOutReason} reason */
  #forget(reason) {
    if (this.#tokens) {
      const { client } = this.#tokens;
      this.#tokens = null;
      this.#listener.over(reason, client);
    }
  }
}

/** Whether an access token is good for another request. @param {Tokens} tokens */
export function isFresh({ expiresAt }) {
  return expiresAt - Date.now() >= SPARE_MS;
}

/** A random text; the browser's randomUUID is for pages behind TLS alone. */
function newClient() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
}
