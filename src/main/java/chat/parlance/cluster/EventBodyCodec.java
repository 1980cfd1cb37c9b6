package chat.parlance.cluster;

import chat.parlance.model.ClientId;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventKind;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MessageState;
import chat.parlance.model.RoomSetting;
import chat.parlance.model.UserId;

/** The binary form of what happened in a room, as it was stored. */
public final class EventBodyCodec {

    private static final long TRUE = 1;
    private static final long FALSE = 0;

    private EventBodyCodec() {}

    public static void write(EventBody body, BusWriter out) {
        out.string(body.kind().wireName());
        switch (body) {
            case EventBody.Message message -> {
                out.string(message.id().value());
                out.optionalString(message.text());
                out.optionalSeq(message.replyTo());
                out.optionalSeq(message.thread());
            }
            case EventBody.Edit edit -> {
                out.string(edit.id().value());
                out.number(edit.target());
                out.optionalString(edit.text());
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
            case EventBody.Membership membership -> {
                out.string(membership.user().value());
                out.string(membership.change().wireName());
            }
            case EventBody.Setting setting -> {
                out.string(setting.setting().wireName());
                out.string(setting.value());
            }
        }
    }

    /** @throws RuntimeException when the message is broken */
    public static EventBody read(BusReader in) {
        return switch (EventKind.of(in.string())) {
            case MESSAGE ->
                new EventBody.Message(
                        id(in), in.optionalString(), in.optionalSeq(), in.optionalSeq(), MessageState.UNCHANGED);
            case EDIT -> new EventBody.Edit(id(in), in.number(), in.optionalString());
            case DELETE -> new EventBody.Delete(id(in), in.number());
            case REACTION -> new EventBody.Reaction(id(in), in.number(), in.string(), in.number() == TRUE);
            case PIN -> new EventBody.Pin(id(in), in.number(), in.number() == TRUE);
            case MEMBERSHIP -> new EventBody.Membership(new UserId(in.string()), MembershipChange.of(in.string()));
            case ROOM -> new EventBody.Setting(RoomSetting.of(in.string()), in.string());
        };
    }

    private static ClientId id(BusReader in) {
        return new ClientId(in.string());
    }
}
