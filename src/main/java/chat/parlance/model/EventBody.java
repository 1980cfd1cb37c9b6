package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Content of an event. */
public sealed interface EventBody {

    EventKind kind();

    /**
     * Messages, and changes of messages. Each carries the id that its sender gave it, under which it is stored once
     * however often it is sent.
     */
    sealed interface Posted extends EventBody {

        ClientId id();

        /** Seq of the message that this one changes or answers, null for a message that answers none. */
        @Nullable
        Long target();

        /** Copy with the values that the storing transaction added. */
        default Posted stored(@Nullable Long thread, List<UserId> mentions) {
            return this;
        }
    }

    /**
     * @param text null once the message was deleted
     * @param replyTo the seq of the message it answers
     * @param alsoToRoom true for a reply that the room shows too, rather than its thread alone
     * @param thread the seq of the first message of the thread, known once a reply is stored
     * @param mentions the members that the present text names; known, like the thread, once the message is stored
     * @param state later changes; {@link MessageState#UNCHANGED} outside of history
     */
    record Message(
            ClientId id,
            @Nullable String text,
            @Nullable Long replyTo,
            boolean alsoToRoom,
            @Nullable Long thread,
            List<UserId> mentions,
            MessageState state)
            implements Posted {

        public Message {
            mentions = List.copyOf(mentions);
        }

        public Message(ClientId id, @Nullable String text) {
            this(id, text, null, false);
        }

        /** Message without the values that the store adds; a reply is shown in its thread alone. */
        public Message(ClientId id, @Nullable String text, @Nullable Long replyTo) {
            this(id, text, replyTo, false);
        }

        public Message(ClientId id, @Nullable String text, @Nullable Long replyTo, boolean alsoToRoom) {
            this(id, text, replyTo, alsoToRoom, null, List.of(), MessageState.UNCHANGED);
        }

        @Override
        public Message stored(@Nullable Long thread, List<UserId> mentions) {
            return new Message(id, text, replyTo, alsoToRoom, thread, mentions, state);
        }

        @Override
        public EventKind kind() {
            return EventKind.MESSAGE;
        }

        @Override
        public @Nullable Long target() {
            return replyTo;
        }
    }

    /**
     * @param text the message's new text, null once the message was deleted
     * @param mentions the members that this text names, known once the edit is stored
     */
    record Edit(ClientId id, Long target, @Nullable String text, List<UserId> mentions) implements Posted {

        public Edit {
            mentions = List.copyOf(mentions);
        }

        public Edit(ClientId id, Long target, @Nullable String text) {
            this(id, target, text, List.of());
        }

        @Override
        public Edit stored(@Nullable Long thread, List<UserId> mentions) {
            return new Edit(id, target, text, mentions);
        }

        @Override
        public EventKind kind() {
            return EventKind.EDIT;
        }
    }

    /** Deletes a message's text; its place in the sequence is kept. */
    record Delete(ClientId id, Long target) implements Posted {
        @Override
        public EventKind kind() {
            return EventKind.DELETE;
        }
    }

    /** @param removed true when the sender removed the emoji */
    record Reaction(ClientId id, Long target, String emoji, boolean removed) implements Posted {
        @Override
        public EventKind kind() {
            return EventKind.REACTION;
        }
    }

    /** @param removed true when the message was unpinned */
    record Pin(ClientId id, Long target, boolean removed) implements Posted {
        @Override
        public EventKind kind() {
            return EventKind.PIN;
        }
    }

    /** A change of {@code user}'s membership by {@code sender}. */
    record MembershipChanged(UserId user, MembershipChange change) implements EventBody {
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
