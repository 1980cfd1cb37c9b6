package chat.parlance.cluster;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;

/** A user in a room. */
record PresenceEntry(RoomId room, UserId user) {}
