package chat.parlance.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Limit of the listed users of one emoji, or one option of a poll. */
    public static final int LISTED_USERS = 100;

    public MessageState {
        reactions = List.copyOf(reactions);
        votes = List.copyOf(votes);
    }

    /** True when there are reactions or votes. */
    public boolean hasTallies() {
        return !reactions.isEmpty() || !votes.isEmpty();
    }

    /** The users of all tallies, as far as they are listed. */
    public Set<UserId> talliedUsers() {
        return Stream.concat(
                        reactions.stream().map(Reactions::users), votes.stream().map(Votes::users))
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** True when a tally has more users than it lists. */
    public boolean isCut() {
        return reactions.stream()
                        .anyMatch(tally -> tally.count() > tally.users().size())
                || votes.stream()
                        .anyMatch(tally -> tally.count() > tally.users().size());
    }

    /**
     * The same state as one user sees it: in each tally that has the user it is listed first, and then the first others.
     *
     * @param viewer null for a user who is in no tally
     */
    public MessageState seenBy(@Nullable UserId viewer) {
        return new MessageState(
                editedSeq,
                pinned,
                replies,
                reactions.stream()
                        .map(tally -> new Reactions(tally.emoji(), tally.count(), listed(tally.users(), viewer)))
                        .toList(),
                votes.stream()
                        .map(tally -> new Votes(tally.option(), tally.count(), listed(tally.users(), viewer)))
                        .toList(),
                closedSeq);
    }

    private static List<UserId> listed(List<UserId> users, @Nullable UserId viewer) {
        if (viewer == null || !users.contains(viewer)) {
            return users.stream().limit(LISTED_USERS).toList();
        }
        return Stream.concat(Stream.of(viewer), users.stream().filter(user -> !user.equals(viewer)))
                .limit(LISTED_USERS)
                .toList();
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
