package chat.parlance.websocket;

import chat.parlance.auth.Tokens;
import chat.parlance.error.ChatException;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.Member;
import chat.parlance.model.Membership;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomProfile;
import chat.parlance.model.Visibility;
import chat.parlance.protocol.CloseCode;
import chat.parlance.protocol.LineCodec;
import chat.parlance.protocol.LineCommand;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventPage;
import chat.parlance.room.Range;
import chat.parlance.room.RoomFilter;
import chat.parlance.room.Selection;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The subprotocol {@code parlance.v1.lines}: a person at a terminal, in one room at a time. */
final class LineConversation implements Conversation {

    private static final int PAGE = 20;
    private static final int LIST = 100;
    private static final String GREETING =
            "* Welcome to Parlance. /login USER PASSWORD, or /register USER PASSWORD [NAME]. /commands lists more.";

    private final EventLoop loop;
    private final Connection connection;
    private @Nullable RoomId room;
    private @Nullable Long since;
    private boolean following;

    /**
     * @param room the room to join as soon as it is known who the person is, null for none
     * @param since the seq of the last event the person has seen of it
     */
    LineConversation(EventLoop loop, Connection connection, @Nullable RoomId room, @Nullable Long since) {
        this.loop = loop;
        this.connection = connection;
        this.room = room;
        this.since = since;
    }

    @Override
    public Subprotocol subprotocol() {
        return Subprotocol.LINES;
    }

    @Override
    public byte[] encode(ServerFrame frame) {
        return LineCodec.encode(frame);
    }

    @Override
    public void begin() {
        Principal principal = connection.principal();
        if (principal == null) {
            print(GREETING);
        } else {
            welcome(principal).onFailure(this::printFailure);
        }
    }

    @Override
    public Future<?> receive(String text) {
        try {
            return act(LineCodec.decode(text)).onFailure(this::printFailure);
        } catch (ChatException refused) {
            printFailure(refused);
            return Future.succeededFuture();
        }
    }

    private Future<?> act(LineCommand command) {
        return switch (command) {
            case LineCommand.Say say -> say(say.text());
            case LineCommand.Register register ->
                loop.auth()
                        .register(register.user(), register.password(), register.name(), null)
                        .compose(done -> logIn(new LineCommand.Login(register.user(), register.password())));
            case LineCommand.Login login -> logIn(login);
            case LineCommand.Logout logout -> logOut();
            case LineCommand.Rooms rooms ->
                loop.rooms()
                        .list(connection.requirePrincipal().user(), RoomFilter.ALL, "", LIST)
                        .onSuccess(list ->
                                print(list.isEmpty() ? "* No rooms yet, /create ROOM makes one." : rooms(list)));
            case LineCommand.Create create ->
                loop.rooms()
                        .create(
                                connection.requirePrincipal().user(),
                                create.room(),
                                new RoomProfile(create.room().value(), "", ""),
                                Visibility.PUBLIC,
                                List.of())
                        .compose(created -> join(create.room(), null));
            case LineCommand.Join join -> join(join.room(), join.since());
            case LineCommand.ExitRoom exit -> exitRoom();
            case LineCommand.History history -> history(history.before());
            case LineCommand.Who who ->
                loop.rooms()
                        .members(connection.requirePrincipal().user(), currentRoom(), Membership.JOINED, "", LIST)
                        .onSuccess(members -> print(members(members)));
            case LineCommand.Commands commands -> {
                print(LineCodec.COMMANDS);
                yield Future.succeededFuture();
            }
            case LineCommand.Quit quit -> {
                print("* Bye.");
                connection.close(CloseCode.BYE);
                yield Future.succeededFuture();
            }
            case LineCommand.Nothing nothing -> Future.succeededFuture();
        };
    }

    /** The event itself tells the person that the message is stored. */
    private Future<?> say(String text) {
        ClientId id = new ClientId(UUID.randomUUID().toString());
        return connection.post(currentRoom(), new EventBody.Message(id, text));
    }

    private Future<?> logIn(LineCommand.Login login) {
        connection.forget();
        return loop.auth()
                .logIn(login.user(), login.password(), connection.address())
                .map(Tokens::principal)
                .compose(principal -> {
                    connection.authenticated(principal);
                    return welcome(principal);
                });
    }

    private Future<?> welcome(Principal principal) {
        connection.send(new ServerFrame.Welcome(null, principal.user(), loop.node(), principal.session()));
        return room == null ? Future.succeededFuture() : join(room, since);
    }

    private Future<?> logOut() {
        Principal principal = connection.requirePrincipal();
        connection.forget();
        room = null;
        following = false;
        return loop.auth().logOut(principal).onSuccess(done -> print("* You are logged out."));
    }

    private Future<?> join(RoomId next, @Nullable Long from) {
        connection.requirePrincipal();
        return connection.join(next, from).onSuccess(subscription -> {
            if (following && room != null && !room.equals(next)) {
                connection.unsubscribe(room);
            }
            room = next;
            since = null;
            following = true;
            connection.send(new ServerFrame.Joined(null, next, subscription.head()));
            subscription.start();
        });
    }

    private Future<?> exitRoom() {
        RoomId left = currentRoom();
        return connection.leave(left).onSuccess(done -> {
            room = null;
            following = false;
            connection.send(new ServerFrame.Left(null, left));
        });
    }

    private Future<?> history(@Nullable Long before) {
        Range range = before == null ? Range.newest(PAGE) : new Range.Before(before, PAGE);
        return loop.rooms()
                .history(connection.requirePrincipal().user(), currentRoom(), Selection.EVENTS, range)
                .onSuccess(this::printPage);
    }

    private void printPage(EventPage page) {
        if (page.events().isEmpty()) {
            print("* Nothing older.");
        } else {
            connection.sendText(LineCodec.encodeEvents(page.events()));
            long first = page.events().getFirst().seq();
            print(first > 1 ? "* /history " + first + " shows older ones." : "* That is the beginning.");
        }
    }

    private RoomId currentRoom() {
        connection.requirePrincipal();
        if (room == null || !following) {
            throw ChatException.badRequest("You are in no room, /join ROOM joins one");
        }
        return room;
    }

    private static String rooms(List<Room> rooms) {
        return rooms.stream()
                .map(room -> "* " + room.id()
                        + (room.viewer() == null
                                ? ""
                                : " (" + room.viewer().role().wireName() + ")") + ", " + room.head()
                        + " events, " + room.visibility().wireName())
                .collect(Collectors.joining("\n"));
    }

    private static String members(List<Member> members) {
        return members.stream()
                .map(member ->
                        "* " + member.user() + " (" + member.standing().role().wireName() + ")")
                .collect(Collectors.joining("\n"));
    }

    private void print(String text) {
        connection.sendText(LineCodec.bytes(text));
    }

    private void printFailure(Throwable failure) {
        connection.send(new ServerFrame.Failed(null, ChatException.of(failure)));
    }
}
