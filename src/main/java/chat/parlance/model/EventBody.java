package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in a room. */
public sealed interface EventBody {

    EventKind kind();

    /**
     * What members say, and do with what was said. Each carries the id that its sender gave it, under which it is stored
     * once however often it is sent.
     */
    sealed interface Posted extends EventBody {

        ClientId id();

        /** The seq of the message it is about, null for a message that answers none. */
        @Nullable
        Long target();

        /** The members that it names, as far as its text says; none when it has no text. */
        default List<UserId> mentions() {
            return List.of();
        }
    }

    /**
     * @param text null once the message was deleted
     * @param replyTo the seq of the message it answers
     * @param thread the seq of the first message of the thread, known once a reply is stored
     * @param state what became of it since; {@link MessageState#UNCHANGED} outside of history
     */
    record Message(
            ClientId id,
            @Nullable String text,
            @Nullable Long replyTo,
            @Nullable Long thread,
            MessageState state) implements Posted {

        public Message(ClientId id, @Nullable String text) {
            this(id, text, null);
        }

        public Message(ClientId id, @Nullable String text, @Nullable Long replyTo) {
            this(id, text, replyTo, null, MessageState.UNCHANGED);
        }

        /** The same message, as it is stored in a thread. */
        public Message inThread(long first) {
            return new Message(id, text, replyTo, first, state);
        }

        @Override
        public EventKind kind() {
            return EventKind.MESSAGE;
        }

        @Override
        public @Nullable Long target() {
            return replyTo;
        }

        @Override
        public List<UserId> mentions() {
            return Mentions.in(text);
        }
    }

    /** @param text the message's new text, null once the message was deleted */
    record Edit(ClientId id, Long target, @Nullable String text) implements Posted {
        @Override
        public EventKind kind() {
            return EventKind.EDIT;
        }

        @Override
        public List<UserId> mentions() {
            return Mentions.in(text);
        }
    }

    /** The message's text is gone; its place in the sequence is kept. */
    record Delete(ClientId id, Long target) implements Posted {
        @Override
        public EventKind kind() {
            return EventKind.DELETE;
        }
    }

    /** @param removed whether the sender took the emoji back */
    record Reaction(ClientId id, Long target, String emoji, boolean removed) implements Posted {
        @Override
        public EventKind kind() {
            return EventKind.REACTION;
        }
    }

    /** @param removed whether the message was unpinned */
    record Pin(ClientId id, Long target, boolean removed) implements Posted {
        @Override
        public EventKind kind() {
            return EventKind.PIN;
        }
    }

    /** Something happened to {@code user}'s membership; {@code sender} is who did it. */
    record Membership(UserId user, MembershipChange change) implements EventBody {
        @Override
        public EventKind kind() {
            return EventKind.MEMBERSHIP;
        }
    }

    /** @param value the setting's new value, empty for one that has none */
    record Setting(RoomSetting setting, String value) implements EventBody {
        @Override
        public EventKind kind() {
            return EventKind.ROOM;
        }
    }
}
