package chat.parlance.room;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Within;

/**
 * Section {@code tails}: memory for the newest events of rooms.
 *
 * @param memoryBytes of all tails of the node; 0 to read each page from the store
 * @param roomMemoryBytes of one tail with its encoded pages
 */
public record TailSettings(
        @Within(min = 0, max = Integer.MAX_VALUE) int memoryBytes,
        @Within(min = 4_096, max = 16_777_216) int roomMemoryBytes) {

    public TailSettings {
        if (memoryBytes > 0 && memoryBytes < roomMemoryBytes) {
            throw new InvalidSettingException("tails.memoryBytes", "0, or at least tails.roomMemoryBytes");
        }
    }

    /** The settings of each of so many event loops, which share the memory of the node. */
    public TailSettings ofLoops(int loops) {
        int share = memoryBytes / loops;
        return new TailSettings(share, memoryBytes == 0 ? roomMemoryBytes : Math.min(roomMemoryBytes, share));
    }
}
