package chat.parlance.model;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of events, each with the frame that posts it and the reader of its bodies. The wire and the database use the
 * name in lower case.
 */
public enum EventKind {
    MESSAGE("post", EventBody.Message::read),
    EDIT("edit", EventBody.Edit::read),
    DELETE("delete", EventBody.Delete::read),
    REACTION("react", EventBody.Reaction::read),
    PIN("pin", EventBody.Pin::read),
    VOTE("vote", EventBody.Vote::read),
    CLOSE("close", EventBody.Close::read),
    MEMBERSHIP(EventBody.MembershipChanged::read),
    ROOM(EventBody.Setting::read);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final @Nullable String frame;
    private final Function<BodyReader, ? extends EventBody> reader;

    /** Kind that no client posts as an event; other requests of clients cause it. */
    EventKind(Function<BodyReader, ? extends EventBody> reader) {
        this.frame = null;
        this.reader = reader;
    }

    /** @param frame type of the client's frame that posts the event */
    EventKind(String frame, Function<BodyReader, ? extends EventBody.Posted> reader) {
        this.frame = frame;
        this.reader = reader;
    }

    public String wireName() {
        return wireName;
    }

    /** Type of the client's frame that posts the event, if clients post it. */
    public Optional<String> frame() {
        return Optional.ofNullable(frame);
    }

    /** @throws RuntimeException when a required field is absent or malformed */
    public EventBody read(BodyReader in) {
        return reader.apply(in);
    }

    /** Kind that this frame of a client posts. */
    public static Optional<EventKind> ofFrame(String frame) {
        return Stream.of(values()).filter(kind -> frame.equals(kind.frame)).findFirst();
    }

    public static Optional<EventKind> find(String wireName) {
        return Stream.of(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    /** @throws IllegalArgumentException when there is no such kind */
    public static EventKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
