package chat.parlance.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import chat.parlance.Node;
import chat.parlance.testing.Http;
import chat.parlance.testing.Rest;
import chat.parlance.testing.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * The node of a fuzzer's JVM, so that the fuzzer sees which code an input reaches; on the Postgres of the test that
 * started the fuzzer. Rate limits are off: a refused input reveals nothing.
 */
final class FuzzNode {

    static final String ROOM = "garden";
    private static final byte[] TOKEN = "$TOKEN".getBytes(ISO_8859_1);

    /**
     * Different from the address of the tests on the same Postgres: failed log-ins of a fuzzer would lock their users
     * out.
     */
    private static final String ADDRESS = "127.0.0.2";

    private static final int CONNECT_TIMEOUT_MS = 5000;
    private static final int INPUTS_PER_CHECK = 256;

    private final Node node;
    private final LoggedFailures log = LoggedFailures.attach();
    private int users;
    private int inputs;
    private String token = "";

    private FuzzNode(Node node) {
        this.node = node;
    }

    /** With a lease that outlasts every pause: a busy machine would fence the node, which then refuses everything. */
    static FuzzNode start() {
        List<String> flags = List.of(
                "--http.port=0",
                "--management.port=0",
                "--limits.enabled=false",
                "--drain.unreadyMs=0",
                "--watch.leaseMs=600000",
                "--watch.cutOffAfterMs=600000");
        FuzzNode started = new FuzzNode(TestNode.start(flags, System.getenv()));
        started.logIn();
        return started;
    }

    /** Logs in as another user, who is in the room. */
    void logIn() {
        String user = "fuzz-%d-%d".formatted(ProcessHandle.current().pid(), users++);
        Rest rest = Rest.logIn(address(), user);
        token = rest.token();
        rest.post("/rooms", Map.of("roomId", ROOM));
        rest.send("PUT", "/rooms/" + ROOM + "/members/" + user, null);
    }

    String token() {
        return token;
    }

    /** Replaces {@code $TOKEN} by the token of the user. */
    byte[] withToken(byte[] input) {
        String text = new String(input, ISO_8859_1);
        return text.contains(new String(TOKEN, ISO_8859_1))
                ? text.replace(new String(TOKEN, ISO_8859_1), token).getBytes(ISO_8859_1)
                : input;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.bind(new InetSocketAddress(ADDRESS, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.httpPort()), CONNECT_TIMEOUT_MS);
        return socket;
    }

    /** Checks after each input that nothing was logged, and now and then that the node still answers. */
    void check() {
        log.check();
        if (++inputs % INPUTS_PER_CHECK == 0) {
            checkAlive();
        }
    }

    /** Logs in again when the token has expired, or an input has ended the session. */
    private void checkAlive() {
        int status = status();
        if (status == 401) {
            logIn();
            status = status();
        }
        if (status != 200) {
            throw new AssertionError("the node answers a good request with " + status);
        }
    }

    private int status() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + "/api/v1/rooms"))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return Http.CLIENT
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException failed) {
            throw new AssertionError("the node does not answer a good request", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private String address() {
        return "127.0.0.1:" + node.httpPort();
    }
}
