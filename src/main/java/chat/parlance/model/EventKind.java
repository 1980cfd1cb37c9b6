package chat.parlance.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of events, each with the frame that posts it and the reader of its bodies. The wire and the database use the
 * name in lower case.
 */
public enum EventKind {
    MESSAGE("post"),
    EDIT("edit"),
    DELETE("delete"),
    REACTION("react"),
    PIN("pin"),
    VOTE("vote"),
    CLOSE("close"),
    MEMBERSHIP,
    ROOM;

    private static final Map<String, EventKind> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventKind::wireName, Function.identity()));

    private static final Map<String, EventKind> BY_FRAME = Stream.of(values())
            .filter(kind -> kind.frame != null)
            .collect(Collectors.toUnmodifiableMap(kind -> kind.frame().orElseThrow(), Function.identity()));

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final @Nullable String frame;

    /** Kind that no client posts as an event; other requests of clients cause it. */
    EventKind() {
        this.frame = null;
    }

    /** @param frame type of the client's frame that posts the event */
    EventKind(String frame) {
        this.frame = frame;
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
        return switch (this) {
            case MESSAGE -> EventBody.Message.read(in);
            case EDIT -> EventBody.Edit.read(in);
            case DELETE -> EventBody.Delete.read(in);
            case REACTION -> EventBody.Reaction.read(in);
            case PIN -> EventBody.Pin.read(in);
            case VOTE -> EventBody.Vote.read(in);
            case CLOSE -> EventBody.Close.read(in);
            case MEMBERSHIP -> EventBody.MembershipChanged.read(in);
            case ROOM -> EventBody.Setting.read(in);
        };
    }

    /** Kind that this frame of a client posts. */
    public static Optional<EventKind> ofFrame(String frame) {
        return Optional.ofNullable(BY_FRAME.get(frame));
    }

    public static Optional<EventKind> find(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** @throws IllegalArgumentException when there is no such kind */
    public static EventKind of(String wireName) {
        return find(wireName).orElseThrow(() -> new IllegalArgumentException("no event kind " + wireName));
    }
}
