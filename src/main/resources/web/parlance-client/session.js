import { Endings } from "./endings.js";
import { ParlanceError, signedOutError } from "./errors.js";
import { exclusively } from "./locks.js";
import { SESSION_KEY, StoredValue } from "./storage.js";

/**
 * @typedef {{userId: string, accessToken: string, refreshToken?: string, clientId?: string, expiresAt: number}} Tokens of
 *   a session; `expiresAt` is the expiry of the access token, in milliseconds since 1970; the refresh token may be in a
 *   cookie; `clientId` is a random text, by which the server identifies all clients that share the storage as one
 * @typedef {"logout" | "ended"} SignedOutReason logout: the user logged out, in this tab or another; ended: the server
 *   has ended the session, by another device, a new password or expiry
 *
 * @typedef {object} SessionOptions
 * @property {boolean} inCookie true when the refresh token is in a cookie that scripts cannot read
 * @property {() => number} random
 * @property {import("./settings.js").Settings} settings
 *
 * @typedef {object} SessionListener
 * @property {(reason: SignedOutReason, clientId: string | undefined) => void} over the session has ended, for any reason;
 *   with the text by which the server identified the session's clients
 * @property {(userId: string) => void} ended the server has now ended a session whose log-out could not reach it before
 */

/** Time before the expiry from which on a token is not used for a request. */
const SPARE_MS = 5_000;

/** Time for one refresh: two fit into the time for which the server repeats its answer (`auth.refreshGraceSeconds`). */
const REFRESH_TIMEOUT_MS = 4_000;

/**
 * Log-in of a user with its tokens. A refresh token is valid once, and its late reuse ends the session. So the clients
 * that share the storage, other tabs too, refresh one at a time if there are Web Locks, and use the tokens that another
 * one has stored meanwhile. Without Web Locks (on a page without TLS) tabs may refresh at the same time, and the server
 * gives all of them the same next token. A lock in the storage would be worse than none: a tab that is reloaded or
 * frozen would keep it.
 */
export class Session {
  /** @type {Tokens | null} */
  #tokens = null;
  /** @type {string | null} an access token that the server has refused */
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
    this.#stored = new StoredValue(storage, SESSION_KEY);
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
    // The new session may replace the cookie that can end the one before.
    await this.#endings.run();
    const body = { userId, password, ...(this.#inCookie && { refreshCookie: true }) };
    this.#keep(await this.#rest.request("POST", "/sessions", { body }), newClientId());
  }

  /** Resumes the stored session. @returns {boolean} true when there is one */
  restore() {
    this.#tokens = this.#stored.read();
    return this.#tokens !== null;
  }

  /** Ends the session, here at once. @returns {Promise<boolean>} false when the server could not be reached yet */
  async logOut() {
    const mine = this.#tokens;
    if (mine === null) {
      return true;
    }
    const stored = this.#stored.read();
    this.#end("logout");
    return this.#endings.add(stored?.userId === mine.userId ? stored : mine);
  }

  /** Ends sessions on the server that were ended here without a connection. */
  endPending() {
    void this.#endings.run();
  }

  /** Stops the retries; pending sessions stay in the storage. */
  close() {
    this.#endings.close();
  }

  /**
   * Handles the end of the session by another tab. @param {SignedOutReason} reason @param {string | undefined} clientId
   * of that session
   */
  leave(reason, clientId) {
    if (this.#tokens?.clientId === clientId) {
      this.#forget(reason);
    }
  }

  /** Ends all sessions of the user, here too. */
  async logOutEverywhere() {
    await this.#rest.request("DELETE", "/sessions", { token: await this.token() });
    this.#end("logout");
  }

  /** An access token that is valid for a while. @returns {Promise<string>} */
  async token() {
    if (!this.#tokens) {
      throw signedOutError();
    }
    if (this.#tokens.accessToken === this.#refused || !isFresh(this.#tokens)) {
      await this.renew();
    }
    return this.#current().accessToken;
  }

  /** Called when the server refuses the access token, whatever its expiry. */
  refuse() {
    this.#refused = this.#tokens?.accessToken ?? null;
  }

  /**
   * Milliseconds until the renewal of the access token, so that a connection outlives it. They are random: tabs that
   * share a token, and devices that lost the same node, would otherwise renew in step, again and again. The first tab
   * renews for all.
   */
  renewInMs() {
    const left = this.#current().expiresAt - Date.now();
    const latest = Math.max(left - this.#settings.renewBeforeMs, left / 2, 0);
    return latest * (1 - this.#settings.renewJitter * this.#random());
  }

  /** Gets new tokens, once for all callers. @returns {Promise<void>} */
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
      // Another tab has logged out, or logged in as another user.
      this.#forget("logout");
      throw signedOutError();
    }
    if (this.#takeFromOthers(stored)) {
      return;
    }
    try {
      this.#keep(await this.#exchange(stored), stored.clientId);
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

  /** Uses the tokens that another tab has stored since, if they are valid for a while. @param {Tokens | null} stored */
  #takeFromOthers(stored) {
    const mine = this.#current();
    // Not compared by the access token: two of the same second are equal.
    const isAnother = stored?.userId === mine.userId && stored.expiresAt !== mine.expiresAt;
    if (!isAnother || stored.accessToken === this.#refused || !isFresh(stored)) {
      return false;
    }
    this.#tokens = stored;
    return true;
  }

  /** Retries once, at once, when the answer is lost, while the server still repeats it. @param {Tokens} newest */
  async #exchange({ refreshToken, clientId }) {
    const body = { ...(!this.#inCookie && { refreshToken }), ...(clientId !== undefined && { clientId }) };
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
   * @param {{userId: string, accessToken: string, refreshToken?: string, expiresInMs: number}} answer
   * @param {string | undefined} clientId
   */
  #keep({ userId, accessToken, refreshToken, expiresInMs }, clientId) {
    const expiresAt = Date.now() + expiresInMs;
    this.#tokens = {
      userId,
      accessToken,
      expiresAt,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(clientId !== undefined && { clientId }),
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
      const { clientId } = this.#tokens;
      this.#tokens = null;
      this.#listener.over(reason, clientId);
    }
  }
}

/** True when an access token is valid long enough for another request. @param {Tokens} tokens */
export function isFresh({ expiresAt }) {
  return expiresAt - Date.now() >= SPARE_MS;
}

/** A random text; the browser's randomUUID is for pages behind TLS alone. */
function newClientId() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
}
