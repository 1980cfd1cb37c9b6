package chat.parlance.account;

import chat.parlance.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Originator of an act.
 *
 * @param user null for the command line, which has all permissions: its user can read and write the database anyway
 */
public record Actor(@Nullable UserId user) {

    public static final Actor COMMAND_LINE = new Actor(null);
}
