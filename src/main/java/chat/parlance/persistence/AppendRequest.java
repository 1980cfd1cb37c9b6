package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import java.util.List;

/** What {@link BusEventStore} asks {@link PersistenceVerticle}: append these. Answered with an {@link AppendReply}. */
record AppendRequest(List<NewEvent> events) {}
