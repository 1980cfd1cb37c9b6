package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * An event that a request names.
 *
 * @param seq of the event
 * @param stamp of the event, null when the request has none: then any event with this seq is meant
 */
public record Target(long seq, @Nullable Stamp stamp) {}
