package chat.parlance.model;

/** What an event did. Each kind has a name on the wire and in the database, see {@link EventKind}. */
public sealed interface EventBody {

    EventKind kind();

    /** A message that {@code sender} posted. */
    record Message(ClientId id, String text) implements EventBody {
        @Override
        public EventKind kind() {
            return EventKind.MESSAGE;
        }
    }

    /** {@code user} joined or left; {@code sender} is who did it, the user or somebody with the right to. */
    record Membership(UserId user, MembershipChange change) implements EventBody {
        @Override
        public EventKind kind() {
            return EventKind.MEMBERSHIP;
        }
    }
}
