package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Content of an event. */
public sealed interface EventBody {

    EventKind kind();

    /** Writes the fields, in the order in which the kind's reader reads them. A posted body has its id besides. */
    void write(BodyWriter out);

    /**
     * Messages, and changes of messages. Each carries the id that its sender gave it, under which it is stored once
     * however often it is sent.
     */
    sealed interface Posted extends EventBody {

        ClientId id();

        /** Seq of the message that this one changes or answers, null for a message that answers none. */
        @Nullable
        Long target();

        /** Text in which users are named, null for a kind without one. */
        default @Nullable String text() {
            return null;
        }

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
     * @param poll null for a message that carries none
     * @param state later changes; {@link MessageState#UNCHANGED} outside of history
     */
    record Message(
            ClientId id,
            @Nullable String text,
            @Nullable Long replyTo,
            boolean alsoToRoom,
            @Nullable Long thread,
            List<UserId> mentions,
            @Nullable Poll poll,
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
            this(id, text, replyTo, alsoToRoom, (Poll) null);
        }

        public Message(
                ClientId id, @Nullable String text, @Nullable Long replyTo, boolean alsoToRoom, @Nullable Poll poll) {
            this(id, text, replyTo, alsoToRoom, null, List.of(), poll, MessageState.UNCHANGED);
        }

        @Override
        public Message stored(@Nullable Long thread, List<UserId> mentions) {
            return new Message(id, text, replyTo, alsoToRoom, thread, mentions, poll, state);
        }

        static Message read(BodyReader in) {
            return new Message(
                    in.id(),
                    in.text(EventField.TEXT),
                    in.seq(EventField.REPLY_TO),
                    in.flag(EventField.ALSO_TO_ROOM),
                    in.seq(EventField.THREAD),
                    in.users(EventField.MENTIONS),
                    Poll.of(in.texts(EventField.OPTIONS), in.flag(EventField.MULTIPLE)),
                    MessageState.UNCHANGED);
        }

        @Override
        public void write(BodyWriter out) {
            out.text(EventField.TEXT, text);
            out.seq(EventField.REPLY_TO, replyTo);
            out.flag(EventField.ALSO_TO_ROOM, alsoToRoom);
            out.seq(EventField.THREAD, thread);
            out.users(EventField.MENTIONS, mentions);
            out.texts(EventField.OPTIONS, poll == null ? List.of() : poll.options());
            out.flag(EventField.MULTIPLE, poll != null && poll.multiple());
        }

        /** The message in a later state. */
        public Message in(MessageState later) {
            return new Message(id, text, replyTo, alsoToRoom, thread, mentions, poll, later);
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

        static Edit read(BodyReader in) {
            return new Edit(
                    in.id(),
                    in.requiredSeq(EventField.TARGET),
                    in.text(EventField.TEXT),
                    in.users(EventField.MENTIONS));
        }

        @Override
        public void write(BodyWriter out) {
            out.seq(EventField.TARGET, target);
            out.text(EventField.TEXT, text);
            out.users(EventField.MENTIONS, mentions);
        }

        @Override
        public EventKind kind() {
            return EventKind.EDIT;
        }
    }

    /** Deletes a message's text; its place in the sequence is kept. */
    record Delete(ClientId id, Long target) implements Posted {
        static Delete read(BodyReader in) {
            return new Delete(in.id(), in.requiredSeq(EventField.TARGET));
        }

        @Override
        public void write(BodyWriter out) {
            out.seq(EventField.TARGET, target);
        }

        @Override
        public EventKind kind() {
            return EventKind.DELETE;
        }
    }

    /** @param removed true when the sender removed the emoji */
    record Reaction(ClientId id, Long target, String emoji, boolean removed) implements Posted {
        static Reaction read(BodyReader in) {
            return new Reaction(
                    in.id(),
                    in.requiredSeq(EventField.TARGET),
                    in.emoji(EventField.EMOJI),
                    in.flag(EventField.REMOVED));
        }

        @Override
        public void write(BodyWriter out) {
            out.seq(EventField.TARGET, target);
            out.text(EventField.EMOJI, emoji);
            out.flag(EventField.REMOVED, removed);
        }

        @Override
        public EventKind kind() {
            return EventKind.REACTION;
        }
    }

    /** @param removed true when the message was unpinned */
    record Pin(ClientId id, Long target, boolean removed) implements Posted {
        static Pin read(BodyReader in) {
            return new Pin(in.id(), in.requiredSeq(EventField.TARGET), in.flag(EventField.REMOVED));
        }

        @Override
        public void write(BodyWriter out) {
            out.seq(EventField.TARGET, target);
            out.flag(EventField.REMOVED, removed);
        }

        @Override
        public EventKind kind() {
            return EventKind.PIN;
        }
    }

    /** @param options of the poll; they replace those of the sender's earlier vote, and none takes it back */
    record Vote(ClientId id, Long target, List<String> options) implements Posted {

        public Vote {
            options = List.copyOf(options);
        }

        static Vote read(BodyReader in) {
            return new Vote(in.id(), in.requiredSeq(EventField.TARGET), in.texts(EventField.OPTIONS));
        }

        @Override
        public void write(BodyWriter out) {
            out.seq(EventField.TARGET, target);
            out.texts(EventField.OPTIONS, options);
        }

        @Override
        public EventKind kind() {
            return EventKind.VOTE;
        }
    }

    /** Closes a poll for good: nobody can vote any more. */
    record Close(ClientId id, Long target) implements Posted {

        static Close read(BodyReader in) {
            return new Close(in.id(), in.requiredSeq(EventField.TARGET));
        }

        @Override
        public void write(BodyWriter out) {
            out.seq(EventField.TARGET, target);
        }

        @Override
        public EventKind kind() {
            return EventKind.CLOSE;
        }
    }

    /** A change of {@code user}'s membership by {@code sender}. */
    record MembershipChanged(UserId user, MembershipChange change) implements EventBody {
        static MembershipChanged read(BodyReader in) {
            return new MembershipChanged(
                    new UserId(in.requiredText(EventField.USER)),
                    MembershipChange.of(in.requiredText(EventField.MEMBERSHIP_CHANGE)));
        }

        @Override
        public void write(BodyWriter out) {
            out.text(EventField.USER, user.value());
            out.text(EventField.MEMBERSHIP_CHANGE, change.wireName());
        }

        @Override
        public EventKind kind() {
            return EventKind.MEMBERSHIP;
        }
    }

    /** @param value the setting's new value, empty for one that has none */
    record Setting(RoomSetting setting, String value) implements EventBody {
        /** Limit of a value; more than the longest description of a room. */
        private static final int MAX_CHARS = 16_384;

        public Setting {
            if (value.length() > MAX_CHARS) {
                throw new IllegalArgumentException("a setting of more than " + MAX_CHARS + " characters");
            }
        }

        static Setting read(BodyReader in) {
            RoomSetting setting = RoomSetting.of(in.requiredText(EventField.SETTING));
            String value = in.text(EventField.VALUE);
            return new Setting(setting, value == null ? "" : value);
        }

        @Override
        public void write(BodyWriter out) {
            out.text(EventField.SETTING, setting.wireName());
            out.text(EventField.VALUE, setting.hasValue() ? value : null);
        }

        @Override
        public EventKind kind() {
            return EventKind.ROOM;
        }
    }
}
