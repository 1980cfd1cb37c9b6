package chat.parlance.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a message since it was sent.
 *
 * @param editedSeq the edit that holds the present text, null when it was never edited
 * @param pinned true when the message is pinned
 * @param closedSeq the event that closed its poll, null while it is open
 * @param replies the thread that it began, null when there is none
 */
public record MessageState(
        @Nullable Long editedSeq,
        boolean pinned,
        @Nullable Replies replies,
        List<Reactions> reactions,
        List<Votes> votes,
        @Nullable Long closedSeq) {

    /** State of an untouched message. */
    public static final MessageState UNCHANGED = new MessageState(null, false, null, List.of(), List.of(), null);

    public MessageState {
        reactions = List.copyOf(reactions);
        votes = List.copyOf(votes);
    }

    /**
     * Replies of a thread.
     *
     * @param count of all replies, deleted ones included
     * @param last the seq of the newest
     * @param lastAt time of the newest
     * @param people the last five users who sent them, the newest first
     */
    public record Replies(int count, long last, Instant lastAt, List<UserId> people) {
        public Replies {
            people = List.copyOf(people);
        }
    }

    /**
     * Users who reacted with one emoji.
     *
     * @param count number of users
     * @param users the first of them; the requesting user comes first
     */
    public record Reactions(String emoji, int count, List<UserId> users) {
        public Reactions {
            users = List.copyOf(users);
        }
    }

    /**
     * Users who voted for one option of a poll.
     *
     * @param count number of users
     * @param users the first of them; the requesting user comes first
     */
    public record Votes(String option, int count, List<UserId> users) {
        public Votes {
            users = List.copyOf(users);
        }
    }
}
