package chat.parlance.room;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.Target;
import java.util.Set;

/**
 * Outcome of several moves of one read marker.
 *
 * @param marker the marker after them
 * @param refused the targets whose stamp differs from the stamp of the event at their seq; they moved nothing
 */
public record MovedMarker(ReadMarker marker, Set<Target> refused) {}
