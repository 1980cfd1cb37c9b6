package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.model.PageSize;
import chat.parlance.model.TextRules;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;

/** Search for users, to talk with them or to invite them. May be called from any event loop. */
public final class UserDirectory {

    private static final int MAX_QUERY_LENGTH = 100;

    private final UserStore users;

    /** True when the beginning of an id or name is enough; otherwise a whole id is required. */
    private final boolean open;

    public UserDirectory(UserStore users, DirectorySettings settings) {
        this.users = users;
        this.open = settings.open();
    }

    /**
     * Users whose id starts with the query, by id, then those whose name does, by name. Case and accents make no
     * difference.
     *
     * @param after the id of the last user of the page before, empty for the first page
     */
    public Future<List<User>> find(String query, String after, int limit) {
        String prefix = TextRules.stripped(query);
        if (prefix.isEmpty() || prefix.length() > MAX_QUERY_LENGTH) {
            throw ChatException.badRequest("The query has 1 to " + MAX_QUERY_LENGTH + " characters");
        }
        TextRules.requireStorable("query", prefix);
        PageSize.require(limit);
        return open ? users.startingWith(prefix, after, limit) : whole(prefix, after);
    }

    private Future<List<User>> whole(String query, String after) {
        UserId user;
        try {
            user = new UserId(query.toLowerCase(Locale.ROOT));
        } catch (ChatException impossible) {
            return Future.succeededFuture(List.of());
        }
        return after.isEmpty()
                ? users.find(user).map(found -> found.stream().toList())
                : Future.succeededFuture(List.of());
    }
}
