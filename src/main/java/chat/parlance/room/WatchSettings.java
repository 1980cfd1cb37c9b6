package chat.parlance.room;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Within;

/** Section {@code watch}: the poll of the store. Its interval and the lease of an answer count from the beginning of a poll. */
public record WatchSettings(
        @Within(min = 10, max = 60_000) int intervalMs,
        @Within(min = 100, max = 600_000) int leaseMs,
        @Within(min = 100, max = 3_600_000) int cutOffAfterMs) {

    /** Least excess of watch.leaseMs over watch.intervalMs: two polls of at least 100 ms, and the pause between them. */
    private static final int MIN_LEASE_BEYOND_INTERVAL_MS = 450;

    public WatchSettings {
        if (leaseMs < intervalMs + MIN_LEASE_BEYOND_INTERVAL_MS) {
            throw new InvalidSettingException(
                    "watch.leaseMs", "at least watch.intervalMs + " + MIN_LEASE_BEYOND_INTERVAL_MS);
        }
        if (cutOffAfterMs < leaseMs) {
            throw new InvalidSettingException("watch.cutOffAfterMs", "at least watch.leaseMs");
        }
    }

    /**
     * Time for the answer to one poll. An unanswered poll, the pause after it, and a second poll on a new connection fit into
     * the lease, so that one lost answer does not fence the node.
     */
    int answerTimeoutMs() {
        return Math.max(StorePoll.SLICES, (leaseMs - intervalMs - StorePoll.RETRY_MS) / 2);
    }
}
