/**
 * Who somebody is: accounts, passwords, sessions and tokens. {@link chat.parlance.auth.AuthService} is what the doors
 * call; {@link chat.parlance.auth.UserStore} and {@link chat.parlance.auth.SessionStore} are its ports. Depends on
 * model, error, Vert.x's futures and JWT, and the hashing library.
 */
@NullMarked
package chat.parlance.auth;

import org.jspecify.annotations.NullMarked;
