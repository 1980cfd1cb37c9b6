package chat.parlance.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Entry of the audit trail.
 *
 * @param actor id of the acting account; null for the command line and for a person without an account
 * @param subject id of the account, room or invite
 */
public record AuditEntry(long id, Instant at, @Nullable String actor, String action, String subject, String detail) {}
