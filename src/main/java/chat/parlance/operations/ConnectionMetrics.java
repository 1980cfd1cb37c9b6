package chat.parlance.operations;

import chat.parlance.connection.ConnectionMeters;
import chat.parlance.protocol.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Meters of the WebSocket connections. */
final class ConnectionMetrics implements ConnectionMeters {

    private final AtomicInteger open = new AtomicInteger();
    private final Map<CloseCode, Counter> cuts = new EnumMap<>(CloseCode.class);
    private final Counter paused;
    private final Timer ack;

    ConnectionMetrics(Meters meters) {
        meters.gauge("parlance.connections", "WebSocket connections", open::get);
        paused = meters.counter("parlance.connections.paused", "Times that reading from a connection was paused");
        ack = meters.timer("parlance.ack", "From a post's arrival to its acknowledgement");
        for (CloseCode code : CloseCode.values()) {
            cuts.put(
                    code,
                    Counter.builder("parlance.connections.cut")
                            .description("Connections that the server closed")
                            .tag("code", Integer.toString(code.code()))
                            .tag("reason", Meters.label(code))
                            .register(meters.registry()));
        }
    }

    @Override
    public void opened() {
        open.incrementAndGet();
    }

    @Override
    public void closed() {
        open.decrementAndGet();
    }

    @Override
    public void cut(CloseCode code) {
        Objects.requireNonNull(cuts.get(code)).increment();
    }

    @Override
    public void paused() {
        paused.increment();
    }

    @Override
    public void acknowledged(long nanoseconds) {
        ack.record(nanoseconds, TimeUnit.NANOSECONDS);
    }
}
