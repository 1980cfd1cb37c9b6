package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.bus.MessageParts;
import chat.parlance.error.StartupException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sides of a connection of the bus, with the options that Vert.x derives from those of the bus for each. */
final class BusSecurityIT {

    private static final ClusterSecret SECRET = new ClusterSecret("a secret for tests of at least 32 bytes");
    private static final ClusterSecret OTHER = new ClusterSecret("another secret of at least 32 bytes....");
    private static final int PATIENCE_SECONDS = 20;
    private static final String HELLO = "hello";
    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void shouldConnectNodesOfOneSecret() {
        assertThat(talks(protectedBy(SECRET), protectedBy(SECRET))).isTrue();
    }

    @Test
    void shouldRefuseAClientOfAnotherSecretAndAServerOfAnother() {
        assertThat(talks(protectedBy(SECRET), protectedBy(OTHER))).isFalse();
        assertThat(talks(protectedBy(OTHER), protectedBy(SECRET))).isFalse();
    }

    @Test
    void shouldRefuseAClientWithoutACertificate() {
        EventBusOptions nameless = new EventBusOptions().setSsl(true).setTrustAll(true);
        assertThat(talks(protectedBy(SECRET), nameless)).isFalse();
    }

    @Test
    void shouldNotTrustAnImpostorThatAsksForNoCertificate() {
        EventBusOptions impostor = protectedBy(OTHER).setClientAuth(io.vertx.core.http.ClientAuth.NONE);
        assertThat(talks(impostor, protectedBy(SECRET))).isFalse();
    }

    @Test
    void shouldTakeTheCertificatesOfAnOperatorAndNoOthers() throws Exception {
        BusCertificates one = certificates("ours", "one");
        BusCertificates two = certificates("ours", "two");
        BusCertificates stranger = certificates("theirs", "one");
        assertThat(talks(with(one), with(two))).isTrue();
        assertThat(talks(with(one), with(stranger))).isFalse();
        assertThat(talks(with(stranger), with(one))).isFalse();
        assertThat(talks(with(one), protectedBy(SECRET)))
                .as("the secret proves nothing where an authority does")
                .isFalse();
    }

    @Test
    void shouldBeWithoutProtectionForTheBenchmarkAloneAndOnlyOnLoopback() {
        String unprotected = "chat.parlance.bench.unprotectedBus";
        BusSecurity security = new BusSecurity(null, MessageParts.MIN_FRAME_BYTES);
        System.setProperty(unprotected, "true");
        try {
            EventBusOptions here = new EventBusOptions().setHost("127.0.0.1");
            EventBusOptions elsewhere = new EventBusOptions().setHost("10.0.0.1");
            security.protect(here, SECRET);
            security.protect(elsewhere, SECRET);
            assertThat(here.isSsl()).isFalse();
            assertThat(elsewhere.isSsl()).isTrue();
        } finally {
            System.clearProperty(unprotected);
        }
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> new BusCertificates(missing, missing, missing))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cluster.tls.certificate");
    }

    private EventBusOptions protectedBy(ClusterSecret secret) {
        return options(new BusSecurity(null, MessageParts.MIN_FRAME_BYTES), secret);
    }

    private EventBusOptions with(BusCertificates certificates) {
        return options(new BusSecurity(certificates, MessageParts.MIN_FRAME_BYTES), SECRET);
    }

    private static EventBusOptions options(BusSecurity security, ClusterSecret secret) {
        EventBusOptions options = new EventBusOptions().setHost("127.0.0.1").setPort(0);
        security.protect(options, secret);
        return options;
    }

    /** True when the server receives the client's bytes. */
    private boolean talks(EventBusOptions server, EventBusOptions client) {
        Promise<String> heard = Promise.promise();
        NetServer listening = await(vertx.createNetServer(new NetServerOptions(server.toJson()))
                .connectHandler(socket -> socket.handler(bytes -> heard.tryComplete(bytes.toString())))
                .listen());
        // Vert.x closes the connections of a client that is garbage.
        NetClient connecting =
                vertx.createNetClient(new NetClientOptions(client.toJson()).setHostnameVerificationAlgorithm(""));
        try {
            return await(connecting
                    .connect(listening.actualPort(), "127.0.0.1")
                    .compose(socket -> {
                        socket.closeHandler(closed -> heard.tryComplete("closed"));
                        return socket.write(HELLO).compose(written -> heard.future());
                    })
                    .map(HELLO::equals)
                    .otherwise(false));
        } finally {
            await(connecting.close());
            await(listening.close());
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The PEM files of a node, signed by the authority of that name. */
    private BusCertificates certificates(String authority, String node) throws Exception {
        Path signer = folder.resolve(authority + ".p12");
        if (!Files.exists(signer)) {
            keytool(
                    signer,
                    "-genkeypair",
                    "-alias",
                    "ca",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + authority,
                    "-ext",
                    "bc:c");
        }
        Path store = folder.resolve(authority + "-" + node + ".p12");
        Path request = folder.resolve("request");
        Path signed = folder.resolve(authority + "-" + node + ".pem");
        Path trusted = folder.resolve(authority + ".pem");
        keytool(store, "-genkeypair", "-alias", "node", "-keyalg", "EC", "-dname", "CN=" + node);
        keytool(store, "-certreq", "-alias", "node", "-file", request.toString());
        keytool(
                signer,
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        keytool(signer, "-exportcert", "-alias", "ca", "-rfc", "-file", trusted.toString());
        return new BusCertificates(signed, key(store), trusted);
    }

    private Path key(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        String body = Base64.getMimeEncoder()
                .encodeToString(keys.getKey("node", PASSWORD.toCharArray()).getEncoded());
        return Files.writeString(
                folder.resolve(store.getFileName() + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
