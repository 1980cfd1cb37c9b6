package chat.parlance.protocol;

import chat.parlance.error.ChatException;
import chat.parlance.model.ClientId;
import chat.parlance.model.RoomId;
import org.jspecify.annotations.Nullable;

/** What a client says. {@code ref} comes back in the answer. */
public sealed interface ClientFrame {

    @Nullable
    String ref();

    /** Proves who the client is, or renews the proof on an open connection. */
    record Auth(@Nullable String ref, String token) implements ClientFrame {}

    /** @param since the seq of the last event the client has, null to be shown the newest */
    record Join(@Nullable String ref, RoomId room, @Nullable Long since) implements ClientFrame {}

    /** Ends the membership. */
    record Leave(@Nullable String ref, RoomId room) implements ClientFrame {}

    record Post(@Nullable String ref, RoomId room, ClientId id, String text) implements ClientFrame {}

    record Ping(@Nullable String ref) implements ClientFrame {}

    /** Something else; the client is told why it was refused, and the connection goes on. */
    record Invalid(@Nullable String ref, ChatException reason) implements ClientFrame {}
}
