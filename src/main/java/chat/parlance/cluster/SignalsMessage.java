package chat.parlance.cluster;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMark;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.Unread;
import chat.parlance.model.UserId;
import chat.parlance.room.Signal;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The binary form of signals between nodes, many in one message. */
final class SignalsMessage {

    private static final String TYPING = "typing";
    private static final String READ = "read";
    private static final String THREAD = "thread";
    private static final String SAVED = "saved";
    private static final String STANDING = "standing";

    private SignalsMessage() {}

    static Buffer encode(List<Signal> signals) {
        Buffer buffer = Buffer.buffer(signals.size() * 64);
        BusWriter out = new BusWriter(buffer);
        out.list(signals, signal -> write(signal, out));
        return buffer;
    }

    /** @throws RuntimeException when the message is broken */
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
            case Signal.Standing standing -> {
                out.string(STANDING);
                out.string(standing.room().value());
                out.string(standing.user().value());
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
        RoomId room = new RoomId(in.string());
        UserId user = new UserId(in.string());
        return switch (type) {
            case TYPING -> new Signal.Typing(room, user);
            case STANDING -> new Signal.Standing(room, user);
            case READ -> new Signal.Read(marker(room, user, in));
            case SAVED ->
                new Signal.Saved(new SavedMark(room, user, in.number(1, Long.MAX_VALUE), in.number(0, 1) == 1));
            case THREAD -> new Signal.ThreadState(thread(room, user, in));
            default -> throw new IllegalArgumentException("type " + type);
        };
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
