package chat.parlance.room;

import chat.parlance.model.EventBody;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;

/** An event on its way to the store: validated, not yet authorized, without a place in the room's sequence. */
public record NewEvent(RoomId room, UserId sender, PostRequest request) {

    public EventBody.Posted body() {
        return request.body();
    }
}
