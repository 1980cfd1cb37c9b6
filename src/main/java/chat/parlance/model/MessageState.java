package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message since it was sent.
 *
 * @param editedSeq the edit that holds the present text, null when it was never edited
 * @param pinned whether the room keeps it in sight
 * @param replies the messages of the thread it began, deleted ones included
 * @param lastReply the seq of the newest of them, null when there is none
 */
public record MessageState(
        @Nullable Long editedSeq,
        boolean pinned,
        int replies,
        @Nullable Long lastReply,
        List<Reactions> reactions) {

    /** Nobody touched the message. */
    public static final MessageState UNCHANGED = new MessageState(null, false, 0, null, List.of());

    public MessageState {
        reactions = List.copyOf(reactions);
    }

    /**
     * Who reacted with one emoji.
     *
     * @param count how many did
     * @param users the first of them, who asks before all others
     */
    public record Reactions(String emoji, int count, List<UserId> users) {
        public Reactions {
            users = List.copyOf(users);
        }
    }
}
