package chat.parlance.persistence;

import chat.parlance.room.NewMessage;
import java.util.List;

/** What {@link BusEventStore} asks {@link PersistenceVerticle}: append these. Answered with an {@link AppendReply}. */
record AppendRequest(List<NewMessage> messages) {}
