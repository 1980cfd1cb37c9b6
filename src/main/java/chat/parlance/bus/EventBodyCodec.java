package chat.parlance.bus;

import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Mentions;
import chat.parlance.model.MessageState;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.TextRules;
import chat.parlance.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form of event bodies, as stored. */
public final class EventBodyCodec {

    private static final long TRUE = 1;
    private static final long FALSE = 0;

    /** Limit of a setting; more than the longest description of a room. */
    private static final int MAX_SETTING_CHARS = 16_384;

    private EventBodyCodec() {}

    public static void write(EventBody body, BusWriter out) {
        out.string(body.kind().wireName());
        switch (body) {
            case EventBody.Message message -> {
                out.string(message.id().value());
                out.optionalString(message.text());
                out.optionalSeq(message.replyTo());
                out.number(message.alsoToRoom() ? TRUE : FALSE);
                out.optionalSeq(message.thread());
                write(message.mentions(), out);
            }
            case EventBody.Edit edit -> {
                out.string(edit.id().value());
                out.number(edit.target());
                out.optionalString(edit.text());
                write(edit.mentions(), out);
            }
            case EventBody.Delete delete -> {
                out.string(delete.id().value());
                out.number(delete.target());
            }
            case EventBody.Reaction reaction -> {
                out.string(reaction.id().value());
                out.number(reaction.target());
                out.string(reaction.emoji());
                out.number(reaction.removed() ? TRUE : FALSE);
            }
            case EventBody.Pin pin -> {
                out.string(pin.id().value());
                out.number(pin.target());
                out.number(pin.removed() ? TRUE : FALSE);
            }
            case EventBody.MembershipChanged membership -> {
                out.string(membership.user().value());
                out.string(membership.change().wireName());
            }
            case EventBody.Setting setting -> {
                out.string(setting.setting().wireName());
                out.string(setting.value());
            }
        }
    }

    /** @throws RuntimeException when the message is malformed */
    public static EventBody read(BusReader in) {
        return switch (EventKind.of(in.string())) {
            case MESSAGE ->
                new EventBody.Message(
                        id(in),
                        text(in),
                        optionalSeq(in),
                        flag(in),
                        optionalSeq(in),
                        mentions(in),
                        MessageState.UNCHANGED);
            case EDIT -> new EventBody.Edit(id(in), seq(in), text(in), mentions(in));
            case DELETE -> new EventBody.Delete(id(in), seq(in));
            case REACTION -> new EventBody.Reaction(id(in), seq(in), TextRules.emoji(in.string()), flag(in));
            case PIN -> new EventBody.Pin(id(in), seq(in), flag(in));
            case MEMBERSHIP ->
                new EventBody.MembershipChanged(new UserId(in.string()), MembershipChange.of(in.string()));
            case ROOM -> new EventBody.Setting(RoomSetting.of(in.string()), setting(in));
        };
    }

    private static void write(List<UserId> mentions, BusWriter out) {
        out.list(mentions, user -> out.string(user.value()));
    }

    private static List<UserId> mentions(BusReader in) {
        return in.list(Mentions.MAX, user -> new UserId(user.string()));
    }

    private static ClientId id(BusReader in) {
        return new ClientId(in.string());
    }

    private static long seq(BusReader in) {
        return in.number(1, Long.MAX_VALUE);
    }

    private static @Nullable Long optionalSeq(BusReader in) {
        long seq = in.number(0, Long.MAX_VALUE);
        return seq == 0 ? null : seq;
    }

    private static String setting(BusReader in) {
        String value = in.string();
        if (value.length() > MAX_SETTING_CHARS) {
            throw new IllegalArgumentException("a setting of more than " + MAX_SETTING_CHARS + " characters");
        }
        TextRules.requireStorable("setting", value);
        return value;
    }

    private static boolean flag(BusReader in) {
        return in.number(FALSE, TRUE) == TRUE;
    }

    /** A text that can be stored and is within every node's limit; the node that stores it applies its own limit. */
    private static @Nullable String text(BusReader in) {
        String text = in.optionalString();
        if (text != null) {
            if (text.length() > TextRules.MAX_BYTES) {
                throw new IllegalArgumentException("a text of more than " + TextRules.MAX_BYTES + " bytes");
            }
            TextRules.requireStorable("text", text);
        }
        return text;
    }
}
