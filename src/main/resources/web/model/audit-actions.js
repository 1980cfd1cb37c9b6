/** Acts of the audit trail, as docs/ACCOUNTS.md lists them. */
export const AUDIT_ACTIONS = [
  "log_in.done",
  "log_in.failed",
  "owner.created",
  "role.changed",
  "user.disabled",
  "user.enabled",
  "sessions.ended",
  "reset.made",
  "reset.used",
  "invite.made",
  "invite.used",
  "invite.revoked",
  "room.joined",
];
