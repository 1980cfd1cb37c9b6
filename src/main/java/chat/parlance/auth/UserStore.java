package chat.parlance.auth;

import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts and their password hashes. */
public interface UserStore {

    /**
     * @param passwordHash a PHC string
     * @return fails with {@code user.exists}
     */
    Future<Void> create(UserId user, String name, @Nullable String email, String passwordHash);

    /** The PHC string of the user's password; empty when there is no such user. */
    Future<Optional<String>> passwordHash(UserId user);

    Future<Void> changePasswordHash(UserId user, String passwordHash);
}
