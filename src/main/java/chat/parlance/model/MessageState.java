package chat.parlance.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message since it was sent.
 *
 * @param editedSeq the edit that holds the present text, null when it was never edited
 * @param pinned whether the room keeps it in sight
 * @param replies the thread that it began, null when there is none
 */
public record MessageState(
        @Nullable Long editedSeq, boolean pinned, @Nullable Replies replies, List<Reactions> reactions) {

    /** Nobody touched the message. */
    public static final MessageState UNCHANGED = new MessageState(null, false, null, List.of());

    public MessageState {
        reactions = List.copyOf(reactions);
    }

    /**
     * The messages of a thread but its first.
     *
     * @param count of all of them, deleted ones included
     * @param last the seq of the newest
     * @param lastAt when that one was sent
     * @param people the last five users who sent them, the newest first
     */
    public record Replies(int count, long last, Instant lastAt, List<UserId> people) {
        public Replies {
            people = List.copyOf(people);
        }
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
