package chat.parlance.room;

import chat.parlance.model.RoomId;
import java.util.Map;

/**
 * Which rooms changed since an earlier look.
 *
 * @param mark where the next look goes on
 * @param complete false when the log no longer goes back to the mark asked for, so that any room may have changed
 * @param heads the seq of the newest event of each room that changed
 */
public record Changes(long mark, boolean complete, Map<RoomId, Long> heads) {

    public Changes {
        heads = Map.copyOf(heads);
    }
}
