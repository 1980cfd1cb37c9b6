package chat.parlance.room;

import chat.parlance.model.ClientId;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;

/** A message on its way to the store: validated, not yet authorized, without a place in the room's sequence. */
public record NewMessage(RoomId room, UserId sender, ClientId id, String text) {}
