package chat.parlance.doctor;

import chat.parlance.config.ParlanceConfig;
import chat.parlance.error.StartupException;
import chat.parlance.persistence.CommitSettings;
import chat.parlance.persistence.EmbeddedDatabase;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.persistence.ServerFacts;
import com.google.errorprone.annotations.FormatMethod;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Checks of Postgres and its clock. */
final class PostgresChecks {

    /** Oldest version that the tests run on. */
    static final int TESTED_VERSION = 18;

    /** First version with all functions that the schema uses. */
    static final int LEAST_VERSION = 14;

    static final int SLOW_NS = (int) TimeUnit.MILLISECONDS.toNanos(5);
    static final int TOO_SLOW_NS = (int) TimeUnit.MILLISECONDS.toNanos(100);
    static final int CLOCK_WARN_MS = 1_000;
    static final int CLOCK_FAIL_MS = 60_000;

    private static final String NAME = "postgres";

    private PostgresChecks() {}

    /** Asks the Postgres of a configuration, and judges it. */
    static List<Check> run(ParlanceConfig config) {
        Optional<PostgresUri> uri;
        try {
            uri = config.postgres().isEmbedded()
                    ? EmbeddedDatabase.running(config.data())
                    : Optional.of(config.postgres().server());
        } catch (StartupException wrong) {
            return List.of(Check.fail(NAME, String.valueOf(wrong.getMessage()), "correct postgres.uri or data"));
        }
        if (uri.isEmpty()) {
            return List.of(
                    Check.warn(NAME, "the embedded Postgres does not run", "start the node, and run the doctor again"));
        }
        try {
            ServerFacts facts = ServerFacts.read(uri.get());
            List<Check> checks = new ArrayList<>();
            checks.add(Check.ok(NAME, uri.get() + " answers"));
            checks.addAll(judge(facts, isRemote(uri.get()), connections(config)));
            Optional.ofNullable(facts.folder())
                    .flatMap(folder -> DiskChecks.run("postgres.disk", folder))
                    .ifPresent(checks::add);
            return checks;
        } catch (StartupException refused) {
            return List.of(Check.fail(
                    NAME,
                    uri.get() + ": " + refused.getMessage(),
                    "start Postgres, or correct postgres.uri: host, port, user, password and sslmode"));
        }
    }

    /** Connections that a node of this configuration opens at most. */
    static int connections(ParlanceConfig config) {
        CommitSettings.Connections commits = config.persistence().connections();
        return config.postgres().reads().readConnections()
                + config.postgres().changes().changeConnections()
                + config.search().turns().connections()
                + 2 * commits.writers()
                + commits.lockWaiters()
                + 2;
    }

    /**
     * @param isRemote true when the connection leaves this machine
     * @param needed connections of one node
     */
    static List<Check> judge(ServerFacts facts, boolean isRemote, int needed) {
        return List.of(
                durability(facts),
                version(facts),
                encryption(facts, isRemote),
                latency(facts),
                room(facts, needed),
                Check.ok("postgres.size", format("the database has %,d MB", facts.bytes() / 1_000_000)),
                clock(facts));
    }

    private static Check durability(ServerFacts facts) {
        String name = "postgres.durability";
        return facts.weaknesses().isEmpty()
                ? Check.ok(name, "a commit survives a crash")
                : Check.fail(
                        name,
                        "acknowledged messages may be lost: " + String.join("; ", facts.weaknesses()),
                        "set them back to the defaults of Postgres (synchronous_commit, fsync and full_page_writes"
                                + " on)");
    }

    private static Check version(ServerFacts facts) {
        String name = "postgres.version";
        String text = "Postgres " + facts.version();
        if (facts.majorVersion() < LEAST_VERSION) {
            return Check.fail(name, text, "upgrade Postgres to version " + TESTED_VERSION);
        }
        return facts.majorVersion() < TESTED_VERSION
                ? Check.warn(
                        name,
                        text + "; Parlance is tested with " + TESTED_VERSION,
                        "upgrade Postgres to version " + TESTED_VERSION)
                : Check.ok(name, text);
    }

    private static Check encryption(ServerFacts facts, boolean isRemote) {
        String name = "postgres.tls";
        if (facts.encrypted()) {
            return Check.ok(name, "the connection is encrypted");
        }
        return isRemote
                ? Check.warn(
                        name,
                        "the connection leaves this machine in plain text",
                        "add sslmode=verify-full and sslrootcert to postgres.uri, unless the network is private")
                : Check.ok(name, "plain text, on this machine");
    }

    private static Check latency(ServerFacts facts) {
        String name = "postgres.latency";
        String text = format("an empty query takes %.1f ms", facts.roundTripNs() / 1e6);
        String fix = "move the node and Postgres closer together: each acknowledgement waits for a commit";
        if (facts.roundTripNs() > TOO_SLOW_NS) {
            return Check.fail(name, text, fix);
        }
        return facts.roundTripNs() > SLOW_NS ? Check.warn(name, text, fix) : Check.ok(name, text);
    }

    private static Check room(ServerFacts facts, int needed) {
        String name = "postgres.connections";
        String text = "%d of %d connections are open, and a node opens up to %d"
                .formatted(facts.connections(), facts.maxConnections(), needed);
        String fix = "raise max_connections of Postgres to %d for each node and 10 more".formatted(needed);
        if (facts.maxConnections() < needed) {
            return Check.fail(name, text, fix);
        }
        return facts.connections() > 0.9 * facts.maxConnections() ? Check.warn(name, text, fix) : Check.ok(name, text);
    }

    private static Check clock(ServerFacts facts) {
        String name = "clock";
        long apartMs = Math.abs(facts.clockAheadMs());
        String text = format(
                "the clock of Postgres is %.1f s %s that of this machine",
                apartMs / 1e3, facts.clockAheadMs() < 0 ? "behind" : "ahead of");
        String fix = "synchronize the clocks of both machines (chrony, systemd-timesyncd)";
        if (apartMs > CLOCK_FAIL_MS) {
            return Check.fail(name, text, fix);
        }
        return apartMs > CLOCK_WARN_MS
                ? Check.warn(name, text, fix)
                : Check.ok(name, "the clocks of Postgres and this machine agree");
    }

    @FormatMethod
    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }

    private static boolean isRemote(PostgresUri uri) {
        return uri.servers().stream().anyMatch(server -> {
            try {
                return !InetAddress.getByName(server.host()).isLoopbackAddress();
            } catch (UnknownHostException unknown) {
                return true;
            }
        });
    }
}
