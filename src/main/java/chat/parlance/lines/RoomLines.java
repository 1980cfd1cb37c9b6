package chat.parlance.lines;

import chat.parlance.model.Member;
import chat.parlance.model.Membership;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.Unread;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rooms and members as text, for a person at a terminal. */
public final class RoomLines {

    private RoomLines() {}

    /** One line a room: its name, the person's membership in it, its unread counts, and its topic. */
    public static TerminalText rooms(List<Room> rooms) {
        return TerminalText.lines(rooms.stream().map(RoomLines::line).toList());
    }

    /** All details of a room. */
    public static TerminalText details(Room room) {
        String name = room.profile().name();
        String description = room.profile().description();
        return TerminalText.lines(List.of(
                line(room),
                name.isEmpty() ? TerminalText.EMPTY : TerminalText.of("  name: %s", name),
                description.isEmpty() ? TerminalText.EMPTY : TerminalText.of("  about: %s", description),
                TerminalText.of("* %s events", room.head().seq())));
    }

    /** A member's preferences for a room. */
    public static TerminalText preferences(RoomId room, RoomPreferences preferences) {
        List<TerminalText> facts = new ArrayList<>();
        addPreferences(facts, preferences);
        if (preferences.hiddenTo() > 0) {
            facts.add(TerminalText.of("hidden until the next message"));
        }
        return facts.isEmpty()
                ? TerminalText.of("* %s: not starred, news of every message.", room)
                : TerminalText.of("* %s: %s.", room, TerminalText.joined(", ", facts));
    }

    /** An invitation of the person to a room. */
    public static TerminalText invitation(Room room) {
        TerminalText inviter = room.invitedBy() == null
                ? TerminalText.of("Somebody")
                : TerminalText.of("%s", room.invitedBy().id());
        return TerminalText.of(
                "* %s invited you to #%s: /accept %s or /decline %s", inviter, room.id(), room.id(), room.id());
    }

    /** One line a member. */
    public static TerminalText members(List<Member> members) {
        return members(members, null);
    }

    /**
     * One line a member, and if it is online.
     *
     * @param online the members who are online, null when that is unknown
     */
    public static TerminalText members(List<Member> members, @Nullable Set<UserId> online) {
        return TerminalText.lines(
                members.stream().map(member -> member(member, online)).toList());
    }

    /** One line a user. */
    public static TerminalText users(List<User> users) {
        return TerminalText.lines(users.stream()
                .map(user -> TerminalText.of("* %s (%s%s)", user.id(), user.name(), user.bot() ? ", bot" : ""))
                .toList());
    }

    private static TerminalText member(Member member, @Nullable Set<UserId> online) {
        TerminalText line = TerminalText.of(
                "* %s (%s%s)",
                member.user().id(),
                membership(member.membership()),
                member.user().bot() ? ", bot" : "");
        if (online == null) {
            return line;
        }
        return online.contains(member.user().id())
                ? TerminalText.of("%s, online", line)
                : TerminalText.of("%s, away", line);
    }

    private static TerminalText line(Room room) {
        List<TerminalText> facts = new ArrayList<>();
        facts.add(TerminalText.of("%s", room.visibility().wireName()));
        if (room.archived()) {
            facts.add(TerminalText.of("archived"));
        }
        if (room.viewer() != null && room.peer() == null) {
            facts.add(membership(room.viewer()));
        }
        addUnread(facts, room);
        if (room.preferences() != null) {
            addPreferences(facts, room.preferences());
        }
        String topic = room.profile().topic();
        String called =
                room.peer() == null ? room.id().value() : room.peer().id().value();
        TerminalText line = TerminalText.of("* %s (%s)", called, TerminalText.joined(", ", facts));
        return topic.isEmpty() ? line : TerminalText.of("%s: %s", line, topic);
    }

    private static void addPreferences(List<TerminalText> facts, RoomPreferences preferences) {
        if (preferences.starred()) {
            facts.add(TerminalText.of("starred"));
        }
        switch (preferences.notifications()) {
            case ALL -> {}
            case MENTIONS -> facts.add(TerminalText.of("news of mentions"));
            case NONE -> facts.add(TerminalText.of("no news"));
        }
    }

    private static void addUnread(List<TerminalText> facts, Room room) {
        Unread unread = room.unread();
        if (unread != null && unread.messages() > 0) {
            facts.add(TerminalText.of("%s unread", unread.messages()));
        }
        if (unread != null && unread.mentions() > 0) {
            facts.add(TerminalText.of("%s with your name", unread.mentions()));
        }
    }

    private static TerminalText membership(Membership membership) {
        if (!membership.isJoined()) {
            return TerminalText.of("%s", membership.state().wireName());
        }
        return membership.muted()
                ? TerminalText.of("%s, muted", membership.role().wireName())
                : TerminalText.of("%s", membership.role().wireName());
    }
}
