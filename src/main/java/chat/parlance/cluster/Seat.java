package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;

/** A user in a room. */
record Seat(RoomId room, UserId user) {}
