package chat.parlance.persistence;

import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Requests to append, in the form in which they cross the bus. */
public final class ForgedAppend {

    public static final String CODEC = AppendCodecs.REQUEST.name();

    private ForgedAppend() {}

    /** The body of a request. */
    public static Buffer of(RoomId room, UserId sender, EventBody.Posted body) {
        Buffer buffer = Buffer.buffer();
        NewEvent event = new NewEvent(room, sender, new PostRequest(body));
        AppendCodecs.REQUEST.encodeToWire(buffer, new AppendRequest(List.of(event)));
        return buffer;
    }
}
