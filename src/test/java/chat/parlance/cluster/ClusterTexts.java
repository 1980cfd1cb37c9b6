package chat.parlance.cluster;

import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.List;

/** Inputs of the cluster's ports, for the fuzzers. */
public final class ClusterTexts {

    private static final int PORT = 5701;

    private ClusterTexts() {}

    /** Reads {@code cluster.members}, without resolving any name. */
    public static void members(String text) {
        InetAddress own = InetAddress.getLoopbackAddress();
        new MemberAddresses(List.of(text.split(",", -1)), own, PORT, host -> new InetAddress[] {own}).candidates();
    }

    /** Checks a frame of the event bus; no frame makes the check fail with an exception. */
    public static void envelope(byte[] frame) {
        BusEnvelope.check(Unpooled.wrappedBuffer(frame));
    }
}
