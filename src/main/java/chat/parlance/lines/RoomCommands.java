package chat.parlance.lines;

import chat.parlance.auth.ScopedOperation;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MembershipState;
import chat.parlance.model.PageSize;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Target;
import chat.parlance.model.Visibility;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.RoomFilter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commands that list, create and join rooms. */
final class RoomCommands {

    private static final Target EVERYTHING = new Target(Long.MAX_VALUE, null);

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "rooms [TEXT...]", "list rooms, those with TEXT in them", "/rooms garden", RoomCommands::list),
            LineCommand.of("unread", "list your rooms with unread messages", "/unread", RoomCommands::unread),
            LineCommand.of("read [SEQ]", "mark the room as read, or up to SEQ", "/read 42", RoomCommands::read),
            LineCommand.of(
                    "mark MESSAGE", "mark the room as unread from a message on", "/mark 12", RoomCommands::markUnread),
            LineCommand.of(
                    "create ROOM [VISIBILITY]",
                    "make a room, public or private, and join it",
                    "/create greenhouse private",
                    RoomCommands::create),
            LineCommand.of(
                    "join ROOM [SINCE] [STAMP]",
                    "join a room, from the event after SINCE if it has that STAMP",
                    "/join garden 42",
                    (session, arguments) ->
                            session.enter(arguments.room(), arguments.since().orElse(null))),
            LineCommand.of("leave [ROOM]", "leave this or another room for good", "/leave garden", RoomCommands::leave),
            LineCommand.of(
                    "msg USER [TEXT...]", "talk with somebody alone", "/msg bob Are you there?", RoomCommands::talk),
            LineCommand.of(
                    "invitations",
                    "list the rooms that you are invited to",
                    "/invitations",
                    (session, arguments) -> page(session, invitations())
                            .map(rooms -> rooms.isEmpty()
                                    ? TerminalText.of("* You have no invitation.")
                                    : RoomLines.rooms(rooms))),
            LineCommand.of(
                    "accept [ROOM]",
                    "take an invitation, and join the room",
                    "/accept greenhouse",
                    (session, arguments) -> invited(session, arguments).compose(room -> session.enter(room, null))),
            LineCommand.of("decline [ROOM]", "decline an invitation", "/decline greenhouse", RoomCommands::decline));

    private RoomCommands() {}

    private static Future<TerminalText> list(LineSession session, LineArguments arguments) {
        String text = arguments.findName("TEXT").orElse("");
        return page(session, new RoomFilter(text, Set.of(), false)).map(rooms -> {
            if (rooms.isEmpty()) {
                return text.isEmpty()
                        ? TerminalText.of("* No rooms yet, /create ROOM makes one.")
                        : TerminalText.of("* There is no such room.");
            }
            session.print(RoomLines.rooms(rooms));
            return rooms.size() < PageSize.MAX
                    ? TerminalText.EMPTY
                    : TerminalText.of("* There may be more; /rooms TEXT finds those with TEXT in their name or topic.");
        });
    }

    private static Future<TerminalText> unread(LineSession session, LineArguments arguments) {
        return unread(session, "", new ArrayList<>())
                .map(rooms ->
                        rooms.isEmpty() ? TerminalText.of("* You have read everything.") : RoomLines.rooms(rooms));
    }

    private static Future<List<Room>> unread(LineSession session, String after, List<Room> found) {
        return session.rooms()
                .list(session.user(), new RoomFilter("", Set.of(MembershipState.JOINED), false), after, PageSize.MAX)
                .compose(page -> {
                    page.stream().filter(RoomCommands::isNews).forEach(found::add);
                    return page.size() < PageSize.MAX
                            ? Future.succeededFuture(found)
                            : unread(session, page.getLast().id().value(), found);
                });
    }

    private static boolean isNews(Room room) {
        return room.unread() != null
                && room.preferences() != null
                && room.preferences().notifications().isNews(room.unread());
    }

    private static Future<TerminalText> read(LineSession session, LineArguments arguments) {
        RoomId room = session.room();
        Target target = arguments.seqOf("SEQ").map(session::shown).orElse(EVERYTHING);
        return session.connection()
                .requests()
                .markRead(room, target)
                .map(marker -> LineCodec.encode(new ServerFrame.Read(null, marker)));
    }

    private static Future<TerminalText> markUnread(LineSession session, LineArguments arguments) {
        RoomId room = session.room();
        return session.message(arguments.message())
                .compose(target -> session.connection().requests().markUnread(room, target))
                .map(marker -> LineCodec.encode(new ServerFrame.Read(null, marker)));
    }

    private static Future<TerminalText> create(LineSession session, LineArguments arguments) {
        RoomId room = arguments.newRoom();
        Visibility visibility = switch (arguments.find("VISIBILITY").orElse("public")) {
            case "public" -> Visibility.PUBLIC;
            case "private" -> Visibility.PRIVATE;
            default -> throw arguments.malformed("A room is public or private");
        };
        RoomProfile profile = new RoomProfile(room.value(), "", "");
        return session.rooms()
                .create(session.user(), room, profile, visibility, List.of())
                .compose(created -> session.enter(room, null));
    }

    private static Future<TerminalText> leave(LineSession session, LineArguments arguments) {
        RoomId room = arguments.find("ROOM").isPresent() ? arguments.room() : session.room();
        return session.connection()
                .requests()
                .leave(room)
                .map(left -> LineCodec.encode(new ServerFrame.Left(null, room)));
    }

    private static Future<TerminalText> talk(LineSession session, LineArguments arguments) {
        return session.rooms()
                .openDirect(session.user(), arguments.user())
                .compose(direct -> session.isIn(direct.id())
                                && session.connection().requests().follows(direct.id())
                        ? Future.succeededFuture(TerminalText.of(
                                "* You are already in the conversation with %s. Usage: %s",
                                arguments.user(), arguments.usage()))
                        : session.enterDirect(direct))
                .compose(entered -> arguments
                        .find("TEXT")
                        .map(text -> MessageCommands.say(session, text))
                        .orElseGet(() -> Future.succeededFuture(entered)));
    }

    private static Future<TerminalText> decline(LineSession session, LineArguments arguments) {
        return invited(session, arguments)
                .compose(room -> session.rooms()
                        .change(session.user(), room, session.user(), MembershipChange.DECLINED)
                        .map(declined -> TerminalText.of("* You declined to join %s.", room)));
    }

    /** Room that is named, or the room of the only invitation. */
    private static Future<RoomId> invited(LineSession session, LineArguments arguments) {
        if (arguments.find("ROOM").isPresent()) {
            return Future.succeededFuture(arguments.room());
        }
        ScopedOperation.LIST_ROOMS.require(session.connection().requirePrincipal(), null);
        return page(session, invitations()).map(rooms -> switch (rooms.size()) {
            case 0 -> throw new ChatException(ErrorCode.ROOM_NOT_FOUND, "You have no invitation");
            case 1 -> rooms.getFirst().id();
            default -> throw arguments.malformed("You have several invitations, say the room");
        });
    }

    private static Future<List<Room>> page(LineSession session, RoomFilter filter) {
        return session.rooms().list(session.user(), filter, "", PageSize.MAX);
    }

    private static RoomFilter invitations() {
        return new RoomFilter("", Set.of(MembershipState.INVITED), false);
    }
}
