package chat.parlance.persistence;

import chat.parlance.bus.BusCodec;
import chat.parlance.bus.BusReader;
import chat.parlance.bus.BusWriter;
import chat.parlance.bus.EventBodyCodec;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Cursor;
import chat.parlance.model.EventBody;
import chat.parlance.model.Mentions;
import chat.parlance.model.PostRequest;
import chat.parlance.model.RoomId;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.room.NewEvent;
import io.vertx.core.eventbus.EventBus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of append requests and replies on the bus. A request carries only the content of the posts: the
 * storing node finds mentions, checks permissions and takes times.
 */
final class AppendCodecs {

    static final BusCodec<AppendRequest> REQUEST = new BusCodec<>(
            "parlance.append.request",
            (request, out) -> {
                out.string(request.events().getFirst().room().value());
                out.list(request.events(), event -> {
                    out.string(event.sender().value());
                    write(event.request().targetStamp(), out);
                    EventBodyCodec.write(event.body(), out);
                });
            },
            in -> {
                RoomId room = new RoomId(in.string());
                return new AppendRequest(in.list(AppendRequest.MAX_EVENTS, each -> event(room, each)));
            });

    static final BusCodec<AppendReply> REPLY = new BusCodec<>(
            "parlance.append.reply",
            (reply, out) -> out.list(reply.outcomes(), outcome -> write(outcome, out)),
            in -> new AppendReply(in.list(AppendRequest.MAX_EVENTS, AppendCodecs::outcome)));

    /**
     * Marker of a request without a stamp: no stamp is negative, and a stamp of 0 is refused like any other wrong one.
     */
    private static final long NO_STAMP = -1;

    private AppendCodecs() {}

    static void register(EventBus bus) {
        bus.registerDefaultCodec(AppendRequest.class, REQUEST);
        bus.registerDefaultCodec(AppendReply.class, REPLY);
    }

    private static NewEvent event(RoomId room, BusReader in) {
        UserId sender = new UserId(in.string());
        Stamp targetStamp = targetStamp(in);
        if (EventBodyCodec.read(in) instanceof EventBody.Posted body) {
            return new NewEvent(room, sender, new PostRequest(body, targetStamp));
        }
        throw new IllegalArgumentException("an event kind that is never posted");
    }

    private static void write(@Nullable Stamp targetStamp, BusWriter out) {
        out.number(targetStamp == null ? NO_STAMP : targetStamp.value());
    }

    private static @Nullable Stamp targetStamp(BusReader in) {
        long value = in.number();
        return value == NO_STAMP ? null : new Stamp(value);
    }

    private static void write(AppendOutcome outcome, BusWriter out) {
        switch (outcome) {
            case AppendOutcome.Stored stored -> {
                out.number(0);
                write(stored.cursor(), out);
                out.number(stored.previous().value());
                out.number(stored.at().toEpochMilli());
                out.optionalSeq(stored.thread());
                out.list(stored.mentions(), user -> out.string(user.value()));
            }
            case AppendOutcome.Duplicate duplicate -> {
                out.number(1);
                write(duplicate.cursor(), out);
            }
            case AppendOutcome.Refused refused -> {
                out.number(2);
                out.string(refused.code().name());
            }
        }
    }

    private static void write(Cursor cursor, BusWriter out) {
        out.number(cursor.seq());
        out.number(cursor.stamp().value());
    }

    private static Cursor cursor(BusReader in) {
        return new Cursor(in.number(), new Stamp(in.number()));
    }

    private static AppendOutcome outcome(BusReader in) {
        int kind = (int) in.number();
        return switch (kind) {
            case 0 ->
                new AppendOutcome.Stored(
                        cursor(in),
                        new Stamp(in.number()),
                        Instant.ofEpochMilli(in.number()),
                        in.optionalSeq(),
                        in.list(Mentions.MAX, user -> new UserId(user.string())));
            case 1 -> new AppendOutcome.Duplicate(cursor(in));
            case 2 -> new AppendOutcome.Refused(ErrorCode.valueOf(in.string()));
            default -> throw new IllegalArgumentException("outcome " + kind);
        };
    }
}
