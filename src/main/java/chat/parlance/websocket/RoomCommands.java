package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Target;
import chat.parlance.model.Visibility;
import chat.parlance.protocol.RoomLines;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.RoomFilter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Which rooms there are, and which the person is in. */
final class RoomCommands {

    private static final int PAGE = 100;

    private static final Target EVERYTHING = new Target(Long.MAX_VALUE, null);

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "rooms [TEXT...]", "list rooms, those with TEXT in them", "/rooms garden", RoomCommands::list),
            LineCommand.of("unread", "list your rooms with unread messages", "/unread", RoomCommands::unread),
            LineCommand.of("read [SEQ]", "mark the room as read, or up to SEQ", "/read 42", RoomCommands::read),
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
                            .onSuccess(rooms -> session.print(
                                    rooms.isEmpty() ? "* You have no invitation." : RoomLines.rooms(rooms)))),
            LineCommand.of(
                    "accept [ROOM]",
                    "take an invitation, and join the room",
                    "/accept greenhouse",
                    (session, arguments) -> invited(session, arguments).compose(room -> session.enter(room, null))),
            LineCommand.of("decline [ROOM]", "decline an invitation", "/decline greenhouse", RoomCommands::decline));

    private RoomCommands() {}

    private static Future<?> list(LineSession session, LineArguments arguments) {
        String text = arguments.find("TEXT").orElse("");
        return page(session, new RoomFilter(text, null, false)).onSuccess(rooms -> {
            String none = text.isEmpty() ? "* No rooms yet, /create ROOM makes one." : "* There is no such room.";
            session.print(rooms.isEmpty() ? none : RoomLines.rooms(rooms));
            if (rooms.size() == PAGE) {
                session.print("* There may be more; /rooms TEXT finds those with TEXT in their name or topic.");
            }
        });
    }

    private static Future<?> unread(LineSession session, LineArguments arguments) {
        return unread(session, "", new ArrayList<>())
                .onSuccess(rooms ->
                        session.print(rooms.isEmpty() ? "* You have read everything." : RoomLines.rooms(rooms)));
    }

    private static Future<List<Room>> unread(LineSession session, String after, List<Room> found) {
        return session.rooms()
                .list(session.user(), new RoomFilter("", Membership.JOINED, false), after, PAGE)
                .compose(page -> {
                    page.stream()
                            .filter(room ->
                                    room.unread() != null && room.unread().messages() > 0)
                            .forEach(found::add);
                    return page.size() < PAGE
                            ? Future.succeededFuture(found)
                            : unread(session, page.getLast().id().value(), found);
                });
    }

    private static Future<?> read(LineSession session, LineArguments arguments) {
        RoomId room = session.room();
        Target target = arguments.seqOf("SEQ").map(session::shown).orElse(EVERYTHING);
        return session.connection()
                .markRead(room, target)
                .onSuccess(marker -> session.connection().send(new ServerFrame.Read(null, marker)));
    }

    private static Future<?> create(LineSession session, LineArguments arguments) {
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

    private static Future<?> leave(LineSession session, LineArguments arguments) {
        RoomId room = arguments.find("ROOM").isPresent() ? arguments.room() : session.room();
        return session.connection()
                .leave(room)
                .onSuccess(left -> session.connection().send(new ServerFrame.Left(null, room)));
    }

    private static Future<?> talk(LineSession session, LineArguments arguments) {
        return session.rooms()
                .openDirect(session.user(), arguments.user())
                .compose(direct -> session.isIn(direct.id()) ? Future.succeededFuture() : session.enterDirect(direct))
                .compose(entered -> arguments
                        .find("TEXT")
                        .<Future<?>>map(text -> MessageCommands.say(session, text))
                        .orElseGet(Future::succeededFuture));
    }

    private static Future<?> decline(LineSession session, LineArguments arguments) {
        return invited(session, arguments)
                .compose(room -> session.rooms()
                        .change(session.user(), room, session.user(), MembershipChange.DECLINED)
                        .onSuccess(declined -> session.print("* You declined to join " + room + ".")));
    }

    /** The room that is named, or that of the only invitation. */
    private static Future<RoomId> invited(LineSession session, LineArguments arguments) {
        if (arguments.find("ROOM").isPresent()) {
            return Future.succeededFuture(arguments.room());
        }
        return page(session, invitations()).map(rooms -> switch (rooms.size()) {
            case 0 -> throw new ChatException(ErrorCode.ROOM_NOT_FOUND, "You have no invitation");
            case 1 -> rooms.getFirst().id();
            default -> throw arguments.malformed("You have several invitations, say the room");
        });
    }

    private static Future<List<Room>> page(LineSession session, RoomFilter filter) {
        return session.rooms().list(session.user(), filter, "", PAGE);
    }

    private static RoomFilter invitations() {
        return new RoomFilter("", Membership.INVITED, false);
    }
}
