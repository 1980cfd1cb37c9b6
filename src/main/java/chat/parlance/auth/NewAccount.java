package chat.parlance.auth;

import chat.parlance.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An account that passed all checks, and is not stored yet.
 *
 * @param passwordHash a PHC string
 */
public record NewAccount(UserId user, String name, @Nullable String email, String passwordHash) {}
