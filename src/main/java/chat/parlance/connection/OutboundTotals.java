package chat.parlance.connection;

/**
 * Bytes queued for the readers of one event loop.
 *
 * @param bytes of all connections
 * @param slow number of connections with more than half of {@code websocket.outboundLimitBytes}
 */
public record OutboundTotals(long bytes, int slow) {

    public static final OutboundTotals NONE = new OutboundTotals(0, 0);

    /** These totals and one more connection. */
    public OutboundTotals plus(long queued, int limitBytes) {
        return new OutboundTotals(bytes + queued, queued > limitBytes / 2 ? slow + 1 : slow);
    }
}
