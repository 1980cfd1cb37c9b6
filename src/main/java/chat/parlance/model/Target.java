package chat.parlance.model;

import org.jspecify.annotations.Nullable;

/**
 * An event that a request names.
 *
 * @param seq of the event
 * @param stamp of the event, null where the request carries none: then the seq means any event that has it
 */
public record Target(long seq, @Nullable Stamp stamp) {}
