package chat.parlance.json;

import chat.parlance.connection.SharedFrames;
import chat.parlance.protocol.ServerFrame;
import chat.parlance.room.EventBatch;
import chat.parlance.room.RoomPresence;
import chat.parlance.room.Signal;
import io.netty.buffer.ByteBuf;

/** Batches, signals and presence as frames for the JSON clients of one event loop, each encoded once. */
public final class JsonFrames {

    private final SharedFrames frames;
    private final int typingExpiresMs;

    /** @param typingExpiresMs time that a client shows a typing notice */
    public JsonFrames(SharedFrames frames, int typingExpiresMs) {
        this.frames = frames;
        this.typingExpiresMs = typingExpiresMs;
    }

    ByteBuf of(EventBatch batch) {
        return frames.of(batch, () -> JsonCodec.encodeEvents(batch.room(), batch.events()));
    }

    ByteBuf of(Signal.Shown signal) {
        return frames.of(signal, () -> JsonCodec.encode(frame(signal)));
    }

    ByteBuf of(RoomPresence presence) {
        return frames.of(
                presence,
                () -> JsonCodec.encode(new ServerFrame.Presence(
                        presence.room(), presence.count(), presence.users(), presence.arrived(), presence.departed())));
    }

    private ServerFrame frame(Signal.Shown signal) {
        return switch (signal) {
            case Signal.Typing typing -> new ServerFrame.Typing(typing.room(), typing.user(), typingExpiresMs);
            case Signal.RoomPreferred preferred ->
                new ServerFrame.RoomPreferred(preferred.room(), preferred.preferences());
            case Signal.UserPreferred preferred -> new ServerFrame.UserPreferred(preferred.preferences());
            case Signal.Read read -> new ServerFrame.Read(null, read.marker());
            case Signal.Saved saved -> new ServerFrame.Saved(saved.mark());
            case Signal.ThreadState thread -> new ServerFrame.ThreadState(thread.marker());
        };
    }
}
