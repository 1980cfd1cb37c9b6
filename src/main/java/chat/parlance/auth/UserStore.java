package chat.parlance.auth;

import chat.parlance.model.User;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.List;
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

    /**
     * The users whose id begins so, by id, then those whose name does, by name; case and accents of names make no
     * difference.
     *
     * @param after the id of the last one before, empty for the first ones
     */
    Future<List<User>> startingWith(String prefix, String after, int limit);

    /** Empty when there is no such user. */
    Future<Optional<User>> find(UserId user);
}
