/**
 * Accounts on the whole server: their roles, the acts of administrators, invites, one-use links, and the audit trail.
 * {@link chat.parlance.room.Permission} says which role may do what. Depends on auth, error, limit, model and room.
 */
@NullMarked
package chat.parlance.account;

import org.jspecify.annotations.NullMarked;
