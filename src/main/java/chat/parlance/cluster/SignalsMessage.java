package chat.parlance.cluster;

import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.bus.MessageParts;
import chat.parlance.model.NotificationLevel;
import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomOrder;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.RoomSection;
import chat.parlance.model.SavedMark;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferences;
import chat.parlance.room.Signal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;

/** The binary form of signals between nodes, many in one message. */
final class SignalsMessage {

    private static final String TYPING = "typing";
    private static final String READ = "read";
    private static final String THREAD = "thread";
    private static final String SAVED = "saved";
    private static final String MEMBERSHIP = "membership";
    private static final String ROOM_PREFERRED = "room-preferred";
    private static final String USER_PREFERRED = "user-preferred";

    private SignalsMessage() {}

    static Buffer encode(List<Signal> signals) {
        Buffer buffer = Buffer.buffer(signals.size() * 64);
        BusWriter out = new BusWriter(buffer);
        out.list(signals, signal -> write(signal, out));
        return buffer;
    }

    /** @throws RuntimeException when the message is malformed */
    static List<Signal> decode(Buffer buffer) {
        BusReader in = new BusReader(buffer, 0);
        List<Signal> signals = in.list(MessageParts.MAX_ELEMENTS, SignalsMessage::read);
        in.end();
        return signals;
    }

    private static void write(Signal signal, BusWriter out) {
        switch (signal) {
            case Signal.Typing typing -> {
                out.string(TYPING);
                out.string(typing.room().value());
                out.string(typing.user().value());
            }
            case Signal.Saved(SavedMark mark) -> {
                out.string(SAVED);
                out.string(mark.room().value());
                out.string(mark.user().value());
                out.number(mark.seq());
                out.number(mark.saved() ? 1 : 0);
            }
            case Signal.MembershipChanged membership -> {
                out.string(MEMBERSHIP);
                out.string(membership.room().value());
                out.string(membership.user().value());
            }
            case Signal.RoomPreferred(RoomId room, UserId user, RoomPreferences preferences) -> {
                out.string(ROOM_PREFERRED);
                out.string(room.value());
                out.string(user.value());
                out.number(preferences.starred() ? 1 : 0);
                out.string(preferences.notifications().wireName());
                out.number(preferences.hiddenTo());
                out.number(preferences.revision());
            }
            case Signal.UserPreferred(UserId user, UserPreferences preferences) -> {
                out.string(USER_PREFERRED);
                out.string(user.value());
                out.string(preferences.order().wireName());
                out.list(preferences.folded(), section -> out.string(section.wireName()));
                out.number(preferences.revision());
            }
            case Signal.Read(ReadMarker marker) -> {
                out.string(READ);
                out.string(marker.room().value());
                out.string(marker.user().value());
                out.number(marker.head());
                write(marker.unread(), out);
            }
            case Signal.ThreadState(ThreadMarker marker) -> {
                out.string(THREAD);
                out.string(marker.room().value());
                out.string(marker.user().value());
                out.number(marker.thread());
                out.number(marker.following() ? 1 : 0);
                out.number(marker.head());
                write(marker.unread(), out);
            }
        }
    }

    private static void write(Unread unread, BusWriter out) {
        out.number(unread.readSeq());
        out.number(unread.messages());
        out.number(unread.mentions());
        out.number(unread.turn());
    }

    private static Signal read(BusReader in) {
        String type = in.string();
        if (type.equals(USER_PREFERRED)) {
            return userPreferred(in);
        }
        RoomId room = new RoomId(in.string());
        UserId user = new UserId(in.string());
        return switch (type) {
            case ROOM_PREFERRED -> new Signal.RoomPreferred(room, user, roomPreferences(in));
            case TYPING -> new Signal.Typing(room, user);
            case MEMBERSHIP -> new Signal.MembershipChanged(room, user);
            case READ -> new Signal.Read(marker(room, user, in));
            case SAVED ->
                new Signal.Saved(new SavedMark(room, user, in.number(1, Long.MAX_VALUE), in.number(0, 1) == 1));
            case THREAD -> new Signal.ThreadState(thread(room, user, in));
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static RoomPreferences roomPreferences(BusReader in) {
        boolean starred = in.number(0, 1) == 1;
        NotificationLevel notifications = NotificationLevel.of(in.string());
        long hiddenTo = in.number(0, Long.MAX_VALUE);
        return new RoomPreferences(starred, notifications, hiddenTo, in.number(1, Long.MAX_VALUE));
    }

    private static Signal.UserPreferred userPreferred(BusReader in) {
        UserId user = new UserId(in.string());
        RoomOrder order = RoomOrder.of(in.string());
        Set<RoomSection> folded =
                Set.copyOf(in.list(RoomSection.values().length, section -> RoomSection.of(section.string())));
        return new Signal.UserPreferred(user, new UserPreferences(order, folded, in.number(1, Long.MAX_VALUE)));
    }

    private static ReadMarker marker(RoomId room, UserId user, BusReader in) {
        long head = in.number(0, Long.MAX_VALUE);
        return new ReadMarker(room, user, head, unread(head, in));
    }

    private static ThreadMarker thread(RoomId room, UserId user, BusReader in) {
        long thread = in.number(1, Long.MAX_VALUE);
        boolean following = in.number(0, 1) == 1;
        long head = in.number(0, Long.MAX_VALUE);
        return new ThreadMarker(room, user, thread, following, head, unread(head, in));
    }

    private static Unread unread(long head, BusReader in) {
        long readSeq = in.number(0, head);
        int messages = (int) in.number(0, Unread.MAX_COUNT);
        int mentions = (int) in.number(0, Unread.MAX_COUNT);
        int turn = (int) in.number(0, Integer.MAX_VALUE);
        return new Unread(readSeq, messages, mentions, turn);
    }
}
