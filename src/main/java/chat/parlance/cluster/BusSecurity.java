package chat.parlance.cluster;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.transport.Transport;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protection of the event bus: TLS 1.3 in which both sides prove themselves, and limits on the frames after that.
 *
 * @param certificates of the operator, null for the ones that nodes compute from the cluster's secret
 * @param maxFrameBytes limit of one message of the bus
 */
public record BusSecurity(@Nullable BusCertificates certificates, int maxFrameBytes) {

    private static final Logger LOG = LoggerFactory.getLogger(BusSecurity.class);

    /** System property of the benchmark alone, for nodes that measure the cost of the bus without authentication. */
    private static final String UNPROTECTED = "chat.parlance.bench.unprotectedBus";

    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Limit of a handshake. Nodes that have just started, or are short of CPU, take seconds; silent peers are held no
     * longer.
     */
    private static final int HANDSHAKE_TIMEOUT_MS = 5000;

    /** True in a process of the benchmark. */
    private static boolean isOff(EventBusOptions options) {
        return Boolean.getBoolean(UNPROTECTED) && options.getHost().equals(LOOPBACK);
    }

    /** @param options with the address that the bus binds */
    void protect(EventBusOptions options, ClusterSecret secret) {
        if (isOff(options)) {
            LOG.warn("The event bus is not protected, for a benchmark on this machine");
            return;
        }
        options.setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(HANDSHAKE_TIMEOUT_MS);
        // Strangers can start handshakes, whose cryptography must not take the event loop's time.
        options.setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true));
        // The bus trusts all by default.
        options.setTrustAll(false).setClientAuth(ClientAuth.REQUIRED);
        if (certificates == null) {
            BusKey key = BusKey.of(secret);
            options.setKeyCertOptions(new PfxOptions().setValue(key.keyStore()).setPassword(BusKey.PASSWORD));
            options.setTrustOptions(new PemTrustOptions().addCertValue(key.certificate()));
        } else {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .setCertPath(certificates.certificate().toString())
                    .setKeyPath(certificates.key().toString()));
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(certificates.authority().toString()));
        }
    }

    /** @param options that are protected */
    Transport transport(EventBusOptions options, PeerMeters meters) {
        PeerRefusals refusals = new PeerRefusals(meters, System::nanoTime);
        return isOff(options)
                ? new NodeTransport()
                : new BusTransport(options, setUp -> new BusGate(setUp, maxFrameBytes, refusals));
    }
}
