package chat.parlance.verification;

import chat.parlance.persistence.HistoryReader.StoredEvent;
import chat.parlance.persistence.HistoryReader.StoredMember;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Memberships of the users of one room, by its events so far. */
final class ReplayedMembers {

    private static final String JOINED = "joined";
    private static final String INVITED = "invited";
    private static final String LEFT = "left";
    private static final String OWNER = "owner";
    private static final String MEMBER = "member";

    /** @param invitedBy the inviting user of an invited one; null otherwise */
    private record MemberState(
            String membership,
            String role,
            boolean muted,
            @Nullable String invitedBy) {

        static MemberState of(StoredMember member) {
            return new MemberState(member.membership(), member.role(), member.muted(), member.invitedBy());
        }

        @Override
        public String toString() {
            return membership
                    + (membership.equals(JOINED) ? " as " + role : "")
                    + (muted ? ", muted" : "")
                    + (invitedBy == null ? "" : ", by " + invitedBy);
        }
    }

    private final Map<String, MemberState> states = new HashMap<>();
    private boolean direct;

    /** @param isDirect true for a direct room, which has no owner */
    void beginRoom(boolean isDirect) {
        states.clear();
        direct = isDirect;
    }

    boolean isJoined(String user) {
        MemberState state = states.get(user);
        return state != null && state.membership().equals(JOINED);
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
                MemberState state = states.get(user);
                if (state == null || !state.membership().equals(JOINED)) {
                    return "a change of who is no member";
                }
                states.put(user, changed(state, change));
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
        users.addAll(states.keySet());
        for (String user : users) {
            StoredMember member = members.get(user);
            MemberState stored = member == null ? null : MemberState.of(member);
            MemberState replayed = states.get(user);
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
        states.put(user, new MemberState(membership, role, isMuted(user), invitedBy));
    }

    /** Removes a member. One who leaves while muted is kept, to be muted still after a return. */
    private void remove(String user) {
        if (isMuted(user)) {
            put(user, LEFT, MEMBER, null);
        } else {
            states.remove(user);
        }
    }

    private boolean isMuted(String user) {
        MemberState state = states.get(user);
        return state != null && state.muted();
    }

    private static MemberState changed(MemberState state, String change) {
        return switch (change) {
            case "muted" -> new MemberState(state.membership(), state.role(), true, null);
            case "unmuted" -> new MemberState(state.membership(), state.role(), false, null);
            default -> new MemberState(state.membership(), change, state.muted(), null);
        };
    }

    private static String text(@Nullable MemberState state) {
        return state == null ? "a stranger" : state.toString();
    }
}
