import { query } from "./api.js";

/**
 * @typedef {"owner" | "administrator" | "member" | "guest"} ServerRole
 * @typedef {{userId: string, name: string, email?: string, serverRole: ServerRole, disabled: boolean, createdAt: string, usedAt?: string}} Account
 * @typedef {{inviteId: string, serverRole: ServerRole, roomIds: string[], useCount: number, maxUses: number, createdAt: string, expiresAt: string,
 *   createdBy?: string}} Invite
 * @typedef {{auditId: number, at: string, actor?: string, action: string, subject: string, detail?: string}} AuditEntry
 */

/** Requests of administrators of the server, see docs/PROTOCOL.md; each promise fails with a `ParlanceError`. */
export class AdministrationApi {
  #request;

  /** @param {{request: import("./api.js").ApiRequest}} client */
  constructor(client) {
    this.#request = client.request.bind(client);
  }

  /** The account of the user. @returns {Promise<Account>} */
  ownAccount() {
    return this.#request("GET", "/account");
  }

  /**
   * A page of accounts by id.
   *
   * @param {{q?: string, serverRole?: string, disabled?: string, afterId?: string, limit?: number}} filter
   * @returns {Promise<Account[]>}
   */
  async accounts(filter) {
    return (await this.#request("GET", `/admin/users?${query(filter)}`)).accounts;
  }

  /** @param {string} user @returns {Promise<Account>} */
  account(user) {
    return this.#request("GET", of(user));
  }

  /** @param {string} user @param {{serverRole?: ServerRole, disabled?: boolean}} changes @returns {Promise<Account>} as it is now */
  changeAccount(user, changes) {
    return this.#request("PATCH", of(user), changes);
  }

  /** @param {string} user */
  endSessions(user) {
    return this.#request("DELETE", `${of(user)}/sessions`);
  }

  /** Makes a code that replaces the password of an account once. @param {string} user @returns {Promise<{linkCode: string, expiresAt: string}>} */
  makePasswordReset(user) {
    return this.#request("POST", `${of(user)}/password-reset`);
  }

  /**
   * A page of invites that can still be used, the newest first.
   *
   * @param {{afterId?: string, limit?: number}} page
   * @returns {Promise<Invite[]>}
   */
  async invites(page) {
    return (await this.#request("GET", `/admin/invites?${query(page)}`)).invites;
  }

  /**
   * @param {{serverRole?: ServerRole, maxUses?: number, expiresInMs?: number, roomIds?: string[]}} wanted
   * @returns {Promise<Invite & {linkCode: string}>} with the code, which the server does not keep
   */
  makeInvite(wanted) {
    return this.#request("POST", "/admin/invites", wanted);
  }

  /** @param {string} invite */
  revokeInvite(invite) {
    return this.#request("DELETE", `/admin/invites/${encodeURIComponent(invite)}`);
  }

  /**
   * A page of the audit trail, the newest entry first.
   *
   * @param {{action?: string, beforeId?: number, limit?: number}} filter
   * @returns {Promise<AuditEntry[]>}
   */
  async audit(filter) {
    return (await this.#request("GET", `/admin/audit?${query(filter)}`)).entries;
  }

  /** QR code of a text, by rows of `0` for light and `1` for dark. @param {string} text @returns {Promise<string[]>} */
  async qrCode(text) {
    return (await this.#request("POST", "/admin/qr-codes", { text })).rows;
  }
}

/** @param {string} user */
const of = (user) => `/admin/users/${encodeURIComponent(user)}`;
