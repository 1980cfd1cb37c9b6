/**
 * Authentication: accounts, passwords, sessions and tokens. The packages for clients call {@link
 * chat.parlance.auth.AuthService}; {@link chat.parlance.auth.UserStore} and {@link chat.parlance.auth.SessionStore} are
 * its ports. Depends on model, error, Vert.x's futures and JWT, and the hashing library.
 */
@NullMarked
package chat.parlance.auth;

import org.jspecify.annotations.NullMarked;
