package chat.parlance.operations;

import chat.parlance.connection.ConnectionMeters;
import chat.parlance.connection.LanguageName;
import chat.parlance.connection.OutboundTotals;
import chat.parlance.protocol.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of the WebSocket connections. */
final class ConnectionMetrics implements ConnectionMeters {

    private final Map<LanguageName, AtomicInteger> open = new EnumMap<>(LanguageName.class);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicInteger slow = new AtomicInteger();
    private final Map<CloseCode, Counter> cuts = new EnumMap<>(CloseCode.class);
    private final Counter paused;
    private final Timer ack;

    ConnectionMetrics(Meters meters) {
        for (LanguageName language : LanguageName.values()) {
            AtomicInteger ofLanguage = new AtomicInteger();
            open.put(language, ofLanguage);
            Gauge.builder("parlance.connections", ofLanguage::get)
                    .description("WebSocket connections")
                    .tag("language", Meters.label(language))
                    .register(meters.registry());
        }
        meters.gauge("parlance.outbound.queued.bytes", "Bytes queued for clients that read slowly", queuedBytes::get);
        meters.gauge(
                "parlance.outbound.slow.connections",
                "Connections with more than half of websocket.outboundLimitBytes queued",
                slow::get);
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
    public void opened(LanguageName language) {
        Objects.requireNonNull(open.get(language)).incrementAndGet();
    }

    @Override
    public void closed(LanguageName language) {
        Objects.requireNonNull(open.get(language)).decrementAndGet();
    }

    @Override
    public void queued(OutboundTotals before, OutboundTotals now) {
        queuedBytes.addAndGet(now.bytes() - before.bytes());
        slow.addAndGet(now.slow() - before.slow());
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
