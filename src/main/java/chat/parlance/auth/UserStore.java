package chat.parlance.auth;

import chat.parlance.model.SessionId;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Accounts and their password hashes. */
public interface UserStore {

    /** Stores an account of a member. Fails with {@code user.exists}. */
    Future<Void> create(NewAccount account);

    /**
     * A user's password.
     *
     * @param hash a PHC string
     * @param version changes with the password, not with a new hash of the same password
     */
    record StoredPassword(String hash, int version) {}

    /** Password of a user; empty when there is no such user, or the account is disabled: nobody can tell these apart. */
    Future<Optional<StoredPassword>> password(UserId user);

    /** Stores another hash of the same password, unless the password was changed meanwhile. */
    Future<Void> renewPasswordHash(UserId user, int version, String hash);

    /**
     * Changes the password and ends all sessions of the user but one, in one step.
     *
     * @param version of the password that the user has proved
     * @return false when the password was changed meanwhile; nothing is changed then
     */
    Future<Boolean> changePassword(UserId user, int version, String hash, SessionId except);

    /**
     * Users whose id starts with the prefix, by id, then those whose name does, by name; case and accents of names make
     * no difference.
     *
     * @param after the id of the last user before, empty for the first ones
     */
    Future<List<User>> startingWith(String prefix, String after, int limit);

    /** Finds a user; empty when there is none. */
    Future<Optional<User>> find(UserId user);
}
