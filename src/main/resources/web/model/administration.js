import { AdministrationApi } from "../parlance-client/administration.js";
import { LINK } from "./link.js";
import { Model } from "./model.js";
import { PagedList } from "./paged-list.js";

/**
 * @typedef {import("../parlance-client/administration.js").Account} Account
 * @typedef {import("../parlance-client/administration.js").AuditEntry} AuditEntry
 * @typedef {import("../parlance-client/administration.js").Invite} Invite
 * @typedef {import("../parlance-client/administration.js").ServerRole} ServerRole
 */

/** Accounts, invites and the audit trail of the server, as an administrator sees and changes them. */
export class Administration extends Model {
  /** The account that is open, and null for the list. @type {Account | null} */
  account = null;
  /** The last invite, with the code that is not shown again. @type {(Invite & {linkCode: string}) | null} */
  made = null;
  /** Link that sets a new password of the open account, which is not shown again. @type {string | null} */
  resetCode = null;
  #api;

  /** @param {{request: import("../parlance-client/api.js").ApiRequest, userId: string | null}} client @param {ServerRole} role of the user */
  constructor(client, role) {
    super();
    this.role = role;
    this.user = client.userId;
    this.#api = new AdministrationApi(client);
    /** @type {PagedList<Account, {q: string, serverRole: string, disabled: string}>} */
    this.accounts = new PagedList(
      (filter, last, limit) => this.#api.accounts({ ...filter, ...(last && { afterId: last.userId }), limit }),
      { q: "", serverRole: "", disabled: "" },
    );
    /** @type {PagedList<Invite, object>} */
    this.invites = new PagedList((_, last, limit) => this.#api.invites({ ...(last && { afterId: last.inviteId }), limit }), {});
    /** @type {PagedList<AuditEntry, {action: string}>} */
    this.audit = new PagedList(
      (filter, last, limit) => this.#api.audit({ ...filter, ...(last && { beforeId: last.auditId }), limit }),
      { action: "" },
    );
  }

  /** Opens an account, or the list again. @param {Account | null} account */
  open(account) {
    Object.assign(this, { account, resetCode: null });
    this.changed();
  }

  /** @param {{serverRole?: ServerRole, disabled?: boolean}} changes */
  async change(changes) {
    const { userId } = this.#opened();
    this.#changed(await this.#api.changeAccount(userId, changes));
  }

  async endSessions() {
    const { userId } = this.#opened();
    await this.#api.endSessions(userId);
    this.#changed(await this.#api.account(userId));
  }

  async resetPassword() {
    const { userId } = this.#opened();
    const { linkCode } = await this.#api.makePasswordReset(userId);
    if (this.account?.userId === userId) {
      this.resetCode = linkCode;
      this.changed();
    }
  }

  /** @param {{serverRole: ServerRole, maxUses: number, expiresInMs: number, roomIds: string[]}} wanted */
  async invite(wanted) {
    this.made = await this.#api.makeInvite(wanted);
    this.changed();
    await this.invites.load();
  }

  /** Forgets the code of the last invite. */
  forgetInvite() {
    this.made = null;
    this.changed();
  }

  /** @param {Invite} invite */
  async revoke({ inviteId }) {
    await this.#api.revokeInvite(inviteId);
    this.invites.put((each) => each.inviteId === inviteId, null);
    if (this.made?.inviteId === inviteId) {
      this.forgetInvite();
    }
  }

  /** QR code of a link, by rows of `0` and `1`. @param {string} link */
  qrCode(link) {
    return this.#api.qrCode(link);
  }

  #opened() {
    return /** @type {Account} */ (this.account);
  }

  /** @param {Account} account as it is now */
  #changed(account) {
    if (this.account?.userId === account.userId) {
      this.account = account;
    }
    this.accounts.put(({ userId }) => userId === account.userId, account);
    this.changed();
  }
}

/** Link that opens the page with a code. @param {string} origin @param {string} code */
export const linkTo = (origin, code) => `${origin}/${LINK}${code}`;
