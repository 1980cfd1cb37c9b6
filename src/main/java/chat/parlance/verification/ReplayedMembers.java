package chat.parlance.verification;

import chat.parlance.persistence.HistoryReader.StoredEvent;
import chat.parlance.persistence.HistoryReader.StoredMember;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Standings of the users of one room, by its events so far. */
final class ReplayedMembers {

    private static final String JOINED = "joined";
    private static final String INVITED = "invited";
    private static final String LEFT = "left";
    private static final String OWNER = "owner";
    private static final String MEMBER = "member";

    /** @param invitedBy the inviting user of an invited one; null otherwise */
    private record Standing(
            String membership,
            String role,
            boolean muted,
            @Nullable String invitedBy) {

        static Standing of(StoredMember member) {
            return new Standing(member.membership(), member.role(), member.muted(), member.invitedBy());
        }

        @Override
        public String toString() {
            return membership
                    + (membership.equals(JOINED) ? " as " + role : "")
                    + (muted ? ", muted" : "")
                    + (invitedBy == null ? "" : ", by " + invitedBy);
        }
    }

    private final Map<String, Standing> standings = new HashMap<>();
    private boolean direct;

    /** @param isDirect true for a direct room, which has no owner */
    void beginRoom(boolean isDirect) {
        standings.clear();
        direct = isDirect;
    }

    boolean isJoined(String user) {
        Standing standing = standings.get(user);
        return standing != null && standing.membership().equals(JOINED);
    }

    /** @return the problem of an event of the kind {@code membership}; null when there is none */
    @Nullable
    String apply(StoredEvent event) {
        String user = event.subject();
        String change = String.valueOf(event.text());
        if (user == null) {
            return "a membership of nobody";
        }
        switch (change) {
            case JOINED -> put(user, JOINED, isFounding(event) ? OWNER : MEMBER, null);
            case INVITED -> put(user, INVITED, MEMBER, event.sender());
            case "banned" -> put(user, "banned", MEMBER, null);
            case LEFT, "kicked", "declined", "unbanned" -> remove(user);
            case "muted", "unmuted", OWNER, "admin", MEMBER -> {
                Standing standing = standings.get(user);
                if (standing == null || !standing.membership().equals(JOINED)) {
                    return "a change of who is no member";
                }
                standings.put(user, changed(standing, change));
            }
            default -> {
                return "no known change of a membership";
            }
        }
        return null;
    }

    /** Reports each user about whom the stored rows and the events disagree, and how. */
    void compare(Map<String, StoredMember> members, BiConsumer<String, String> disagreement) {
        TreeSet<String> users = new TreeSet<>(members.keySet());
        users.addAll(standings.keySet());
        for (String user : users) {
            StoredMember member = members.get(user);
            Standing stored = member == null ? null : Standing.of(member);
            Standing replayed = standings.get(user);
            if (!Objects.equals(stored, replayed)) {
                disagreement.accept(
                        user, "is stored as %s, and by the events is %s".formatted(text(stored), text(replayed)));
            }
        }
    }

    /** True for the first join of a room, by its creator, who becomes its owner. */
    private boolean isFounding(StoredEvent event) {
        return event.seq() == 1 && !direct && event.sender().equals(event.subject());
    }

    private void put(String user, String membership, String role, @Nullable String invitedBy) {
        standings.put(user, new Standing(membership, role, isMuted(user), invitedBy));
    }

    /** Removes a member. One who leaves while muted is kept, to be muted still after a return. */
    private void remove(String user) {
        if (isMuted(user)) {
            put(user, LEFT, MEMBER, null);
        } else {
            standings.remove(user);
        }
    }

    private boolean isMuted(String user) {
        Standing standing = standings.get(user);
        return standing != null && standing.muted();
    }

    private static Standing changed(Standing standing, String change) {
        return switch (change) {
            case "muted" -> new Standing(standing.membership(), standing.role(), true, null);
            case "unmuted" -> new Standing(standing.membership(), standing.role(), false, null);
            default -> new Standing(standing.membership(), change, standing.muted(), null);
        };
    }

    private static String text(@Nullable Standing standing) {
        return standing == null ? "a stranger" : standing.toString();
    }
}
