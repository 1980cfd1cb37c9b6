package chat.parlance.model;

import chat.parlance.error.ChatException;

/**
 * Length of a page of history, rooms, members or users. It is a constant of the protocol: a client takes a page shorter
 * than its limit as the last one, so a node with a lower maximum would hide the rest.
 */
public final class PageSize {

    public static final int MAX = 100;
    public static final int DEFAULT = 50;

    private PageSize() {}

    /** @throws ChatException with {@code bad_request} for a page that no client may ask for */
    public static void require(int limit) {
        if (limit < 1 || limit > MAX) {
            throw ChatException.badRequest("The limit is 1 to " + MAX);
        }
    }
}
