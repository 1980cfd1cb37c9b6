package chat.parlance.lines;

import chat.parlance.account.AccountService;
import chat.parlance.account.Registrations;
import chat.parlance.auth.AuthService;
import chat.parlance.auth.UserDirectory;
import chat.parlance.connection.Connection;
import chat.parlance.connection.Entrance;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.PageSize;
import chat.parlance.model.PostRequest;
import chat.parlance.model.Principal;
import chat.parlance.model.Room;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.PreferenceService;
import chat.parlance.room.Range;
import chat.parlance.room.RoomService;
import chat.parlance.room.SavedService;
import chat.parlance.room.Selection;
import chat.parlance.room.ThreadService;
import chat.parlance.search.SearchService;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** State of a person in line mode, who is in one room at a time: the commands act on it. */
final class LineSession {

    private final LineServices services;
    private final Function<Principal, ServerFrame> welcome;
    private final Connection connection;
    private final DirectRooms direct = new DirectRooms(this);
    private final RoomRoster here = new RoomRoster(this::print);
    private final ShownEvents shown = new ShownEvents();
    private Future<?> joins = Future.succeededFuture();
    private @Nullable RoomId room;
    private @Nullable Since since;

    /** @param welcome first frame to a person who has logged in */
    LineSession(
            LineServices services, Connection connection, Entrance entrance, Function<Principal, ServerFrame> welcome) {
        this.services = services;
        this.connection = connection;
        this.room = entrance.room();
        this.since = entrance.since();
        this.welcome = welcome;
    }

    Connection connection() {
        return connection;
    }

    RoomService rooms() {
        return services.rooms();
    }

    PreferenceService preferences() {
        return services.preferences();
    }

    ThreadService threads() {
        return services.threads();
    }

    SavedService saved() {
        return services.saved();
    }

    SearchService searches() {
        return services.searches();
    }

    AuthService auth() {
        return services.auth();
    }

    Registrations registrations() {
        return services.registrations();
    }

    AccountService accounts() {
        return services.accounts();
    }

    UserDirectory directory() {
        return services.directory();
    }

    /** The person's direct rooms. */
    DirectRooms direct() {
        return direct;
    }

    /** Users online in the person's room. */
    RoomRoster here() {
        return here;
    }

    UserId user() {
        return connection.requirePrincipal().user();
    }

    /** Room of the person, null when it is in none. */
    @Nullable
    RoomId presentRoom() {
        return room;
    }

    /** Room of the person. */
    RoomId room() {
        connection.requirePrincipal();
        if (room == null || !connection.requests().follows(room)) {
            throw ChatException.badRequest("You are in no room, /join ROOM joins one");
        }
        return room;
    }

    /** Greets a person after the log-in, and enters the room of the URL. */
    Future<TerminalText> welcome(Principal principal) {
        connection.send(welcome.apply(principal));
        return (room == null ? Future.succeededFuture() : enter(room, since))
                .compose(entered -> direct.followAll())
                .map(TerminalText.EMPTY);
    }

    /** Forgets everything about the person. */
    void forget() {
        connection.forget();
        shown.clear();
        room = null;
        since = null;
    }

    /** Joins and enters a room, and stops following the one before. */
    Future<TerminalText> enter(RoomId next, @Nullable Since from) {
        return enter(next, from, head -> new ServerFrame.Joined(null, next, head));
    }

    /** Enters the direct room with another user. */
    Future<TerminalText> enterDirect(Room found) {
        direct.know(found);
        return enter(found.id(), null, head -> new ServerFrame.RoomFound(null, found));
    }

    private Future<TerminalText> enter(RoomId next, @Nullable Since from, LongFunction<ServerFrame> arrival) {
        return inTurn(() -> connection.requests().join(next, from, head -> arrive(next, arrival.apply(head))))
                .map(TerminalText.EMPTY);
    }

    /** The command that resumes the person's room, empty when the person is in none. */
    TerminalText resumption() {
        RoomId here = room;
        return here == null
                ? TerminalText.EMPTY
                : connection
                        .requests()
                        .cursor(here)
                        .filter(cursor -> cursor.seq() > 0)
                        .map(cursor -> TerminalText.of("/join %s %s %s", here, cursor.seq(), cursor.stamp()))
                        .orElse(TerminalText.EMPTY);
    }

    /** True when the person is in that room, rather than only following it. */
    boolean isIn(RoomId candidate) {
        return candidate.equals(room);
    }

    /** Joins one room after the other, because the person may enter a direct room that is about to be followed. */
    <T> Future<T> inTurn(Supplier<Future<T>> join) {
        Future<T> next = joins.transform(before -> join.get());
        joins = next;
        return next;
    }

    private void arrive(RoomId next, ServerFrame arrival) {
        if (room != null && !room.equals(next) && !room.isDirect()) {
            connection.requests().unsubscribe(room);
        }
        if (!isIn(next)) {
            shown.clear();
        }
        room = next;
        here.enter(room);
        since = null;
        connection.send(arrival);
    }

    /** Posts to the room; the event itself shows the person that the post is stored. */
    Future<TerminalText> post(PostRequest request) {
        return connection.requests().post(room(), request).map(TerminalText.EMPTY);
    }

    /** Posts a change of a message of the room. */
    Future<TerminalText> post(EventBody.Posted body, Target target) {
        return post(new PostRequest(body, target.stamp()));
    }

    /** Changes a user's membership of the room; the event shows it. */
    Future<TerminalText> change(UserId member, MembershipChange change) {
        return tellIfNothing(rooms().change(user(), room(), member, change));
    }

    /** Answers a change that needed no event, because everything was so already. */
    Future<TerminalText> tellIfNothing(Future<List<Event>> change) {
        return change.map(events -> events.isEmpty() ? TerminalText.of("* It is so already.") : TerminalText.EMPTY);
    }

    /** Target of a command: the named message, or else the room's newest one that is not deleted. */
    Future<Target> message(OptionalLong named) {
        return message(named, event -> true);
    }

    /** Target of a command: the named message, or else the person's own newest one that is not deleted. */
    Future<Target> ownMessage(OptionalLong named) {
        UserId self = user();
        return message(named, event -> event.sender().equals(self));
    }

    private Future<Target> message(OptionalLong named, Predicate<Event> wanted) {
        RoomId here = room();
        if (named.isPresent()) {
            return Future.succeededFuture(shown(named.getAsLong()));
        }
        return rooms().history(user(), here, Selection.MESSAGES, Range.newest(PageSize.MAX))
                .map(page -> page.events().reversed().stream()
                        .filter(wanted.and(LineSession::isThere))
                        .findFirst()
                        .map(event -> new Target(event.seq(), event.stamp()))
                        .orElseThrow(() -> new ChatException(ErrorCode.MESSAGE_NOT_FOUND)));
    }

    /** Event of the room that a typed number stands for: the last one that was shown with this number. */
    Target shown(long seq) {
        return new Target(seq, shown.stampOf(seq));
    }

    /** Records shown events of the person's room, because typed numbers mean events of this room. */
    void note(List<Event> events) {
        for (Event event : events) {
            if (isIn(event.room())) {
                shown.add(event);
            }
        }
    }

    /** Shows events of a page. */
    void show(List<Event> events) {
        note(events);
        print(LineCodec.encodeEvents(events));
    }

    void print(TerminalText text) {
        if (!text.isEmpty()) {
            connection.sendText(text.bytes());
        }
    }

    private static boolean isThere(Event event) {
        return event.body() instanceof EventBody.Message message && message.text() != null;
    }
}
