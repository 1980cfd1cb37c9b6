package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.model.ClientId;
import chat.parlance.model.PageSize;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.UserId;
import chat.parlance.room.Range;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parameters of a request in path, query and headers, validated by the API description. */
final class Parameters {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private Parameters() {}

    /** User who sends the request. */
    static UserId viewer(RoutingContext context) {
        return Authentication.principal(context).user();
    }

    static RoomId room(RoutingContext context) {
        return RoomId.lookup(context.pathParam("roomId"));
    }

    static UserId user(RoutingContext context) {
        return new UserId(context.pathParam("userId"));
    }

    /** Seq of the message in the path. */
    static long seq(RoutingContext context) {
        return Long.parseLong(context.pathParam("seq"));
    }

    /** Stamp of that message, null when the request has none. */
    static @Nullable Stamp stamp(RoutingContext context) {
        String text = context.queryParams().get("stamp");
        return text == null ? null : Stamp.parse(text);
    }

    /** Id that deduplicates a request without a body; a request without an id is stored each time. */
    static ClientId idempotencyKey(RoutingContext context) {
        String key = context.request().getHeader(IDEMPOTENCY_KEY);
        return new ClientId(key == null ? UUID.randomUUID().toString() : key);
    }

    static int limit(RoutingContext context) {
        Long limit = number(context, "limit");
        return limit == null ? PageSize.DEFAULT : limit.intValue();
    }

    /** Page before or after a seq, around it, or from a time on; the newest page without these parameters. */
    static Range range(RoutingContext context) {
        int limit = limit(context);
        Long before = number(context, "before");
        Long after = number(context, "after");
        Long around = number(context, "around");
        String from = context.request().getParam("from");
        if (Stream.of(before, after, around, from).filter(Objects::nonNull).count() > 1) {
            throw ChatException.badRequest("Use only one of before, after, around and from");
        }
        String stamp = context.request().getParam("stamp");
        if (after != null) {
            return new Range.After(new Since(after, stamp == null ? null : Stamp.parse(stamp)), limit);
        }
        if (stamp != null) {
            throw ChatException.badRequest("A stamp needs the parameter after");
        }
        if (from != null) {
            return new Range.From(time(from), limit);
        }
        if (around != null) {
            return new Range.Around(around, limit);
        }
        return before == null ? Range.newest(limit) : new Range.Before(before, limit);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw ChatException.badRequest(
                    "The parameter from must be a time with an offset, such as 2026-01-31T00:00:00+01:00");
        }
    }

    static @Nullable Long number(RoutingContext context, String name) {
        String value = context.request().getParam(name);
        return value == null ? null : Long.valueOf(value);
    }
}
