package chat.parlance.protocol;

import chat.parlance.model.Member;
import chat.parlance.model.Room;
import chat.parlance.model.Standing;
import chat.parlance.model.Unread;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rooms and members as text, for a person at a terminal. */
public final class RoomLines {

    private RoomLines() {}

    /** One line a room: what it is called, how the person stands in it, what is unread, and its topic. */
    public static String rooms(List<Room> rooms) {
        return rooms.stream().map(RoomLines::line).collect(Collectors.joining("\n"));
    }

    /** All that is to be said of a room. */
    public static String details(Room room) {
        List<String> lines = new ArrayList<>(List.of(line(room)));
        addUnlessEmpty(lines, "  name: ", room.profile().name());
        addUnlessEmpty(lines, "  about: ", room.profile().description());
        lines.add("* " + room.head().seq() + " events");
        return String.join("\n", lines);
    }

    /** Somebody wants the person in a room. */
    public static String invitation(Room room) {
        String inviter =
                room.invitedBy() == null ? "Somebody" : room.invitedBy().value();
        return "* " + inviter + " invited you to #" + room.id() + ": /accept " + room.id() + " or /decline "
                + room.id();
    }

    /** One line a member. */
    public static String members(List<Member> members) {
        return members(members, null);
    }

    /**
     * One line a member, with whether it is online.
     *
     * @param online those who are, null when that is not told
     */
    public static String members(List<Member> members, @Nullable Set<UserId> online) {
        return members.stream()
                .map(member ->
                        member(member) + (online == null ? "" : online.contains(member.user()) ? ", online" : ", away"))
                .collect(Collectors.joining("\n"));
    }

    /** One line a user. */
    public static String users(List<User> users) {
        return users.stream()
                .map(user -> "* " + user.id() + " (" + LineCodec.printable(user.name()) + ")")
                .collect(Collectors.joining("\n"));
    }

    private static String member(Member member) {
        return "* " + member.user() + " (" + standing(member.standing()) + ")";
    }

    private static String line(Room room) {
        List<String> facts = new ArrayList<>();
        facts.add(room.visibility().wireName());
        if (room.archived()) {
            facts.add("archived");
        }
        if (room.viewer() != null && room.peer() == null) {
            facts.add(standing(room.viewer()));
        }
        addUnread(facts, room);
        String topic = room.profile().topic();
        String called = room.peer() == null ? room.id().value() : room.peer().value();
        return "* " + called + " (" + String.join(", ", facts) + ")"
                + (topic.isEmpty() ? "" : ": " + LineCodec.printable(topic));
    }

    private static void addUnread(List<String> facts, Room room) {
        Unread unread = room.unread();
        if (unread != null && unread.messages() > 0) {
            facts.add(unread.messages() + " unread");
            if (unread.mentions() > 0) {
                facts.add(unread.mentions() + " with your name");
            }
        }
    }

    private static String standing(Standing standing) {
        if (!standing.isJoined()) {
            return standing.membership().wireName();
        }
        return standing.role().wireName() + (standing.muted() ? ", muted" : "");
    }

    private static void addUnlessEmpty(List<String> lines, String label, String text) {
        if (!text.isEmpty()) {
            lines.add(label + LineCodec.printable(text));
        }
    }
}
