package chat.parlance.connection;

import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of the URL that a client connects to.
 *
 * @param room the room to join after the log-in, null for none
 * @param since the last event of the room that the client has seen
 */
public record Entrance(@Nullable RoomId room, @Nullable Since since) {}
