package chat.parlance.bus;

import chat.parlance.model.BodyReader;
import chat.parlance.model.BodyWriter;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventField;
import chat.parlance.model.EventKind;
import chat.parlance.model.Mentions;
import chat.parlance.model.Poll;
import chat.parlance.model.TextRules;
import chat.parlance.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form of event bodies, as stored: the kind, the client id of a posted one, and the fields in their order. */
public final class EventBodyCodec {

    private static final long TRUE = 1;
    private static final long FALSE = 0;

    private EventBodyCodec() {}

    public static void write(EventBody body, BusWriter out) {
        out.string(body.kind().wireName());
        if (body instanceof EventBody.Posted posted) {
            out.string(posted.id().value());
        }
        body.write(new Writer(out));
    }

    /** @throws RuntimeException when the message is malformed */
    public static EventBody read(BusReader in) {
        return EventKind.of(in.string()).read(new Reader(in));
    }

    private record Writer(BusWriter out) implements BodyWriter {

        @Override
        public void seq(EventField field, @Nullable Long seq) {
            out.optionalSeq(seq);
        }

        @Override
        public void text(EventField field, @Nullable String text) {
            out.optionalString(text);
        }

        @Override
        public void flag(EventField field, boolean flag) {
            out.number(flag ? TRUE : FALSE);
        }

        @Override
        public void texts(EventField field, List<String> texts) {
            out.list(texts, out::string);
        }

        @Override
        public void users(EventField field, List<UserId> users) {
            out.list(users, user -> out.string(user.value()));
        }
    }

    private record Reader(BusReader in) implements BodyReader {

        @Override
        public ClientId id() {
            return new ClientId(in.string());
        }

        @Override
        public @Nullable Long seq(EventField field) {
            long seq = in.number(0, Long.MAX_VALUE);
            return seq == 0 ? null : seq;
        }

        /** A text that can be stored and is within every node's limit; the node that stores it applies its own limit. */
        @Override
        public @Nullable String text(EventField field) {
            String text = in.optionalString();
            if (text != null) {
                if (text.length() > TextRules.MAX_BYTES) {
                    throw new IllegalArgumentException("a text of more than " + TextRules.MAX_BYTES + " bytes");
                }
                TextRules.requireStorable(field.wireName(), text);
            }
            return text;
        }

        private static String option(EventField field, String text) {
            if (text.length() > Poll.MAX_OPTION_CHARS) {
                throw new IllegalArgumentException("an option of more than " + Poll.MAX_OPTION_CHARS + " characters");
            }
            TextRules.requireStorable(field.wireName(), text);
            return text;
        }

        @Override
        public boolean flag(EventField field) {
            return in.number(FALSE, TRUE) == TRUE;
        }

        @Override
        public List<String> texts(EventField field) {
            return in.list(Poll.MAX_OPTIONS, each -> option(field, each.string()));
        }

        @Override
        public List<UserId> users(EventField field) {
            return in.list(Mentions.MAX, user -> new UserId(user.string()));
        }
    }
}
