package chat.parlance.http;

import chat.parlance.room.Encoded;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.ParsedHeaderValue;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compression of answers (gzip, RFC 1952) by operation. The length of a compressed text reveals repetitions in it. An
 * attacker who sees lengths, and can place guesses beside a secret, could find the secret (BREACH, CVE-2013-3587).
 * Therefore an operation compresses only when it is listed here, and no answer with a token is: see
 * docs/decisions/0013-compressed-answers.md.
 *
 * @param paddings number of lengths that the padding can have, 0 for no padding
 * @param operations ids of the API description
 */
record Compression(int paddings, Set<String> operations) {

    /**
     * Answers with texts that every writer of the same place can read anyway: of one room, or of the directory of
     * users.
     */
    private static final Compression PLAIN = new Compression(
            0,
            Set.of(
                    "findUsers",
                    "getMessage",
                    "listBans",
                    "listEvents",
                    "listInvitations",
                    "listMembers",
                    "listMessages",
                    "listPins",
                    "listReplies"));

    /** Answers with texts of several rooms together: padding of a random length hides the compressed length. */
    private static final Compression PADDED =
            new Compression(256, Set.of("listRooms", SavedRoutes.LIST, SearchRoutes.SEARCH, ThreadRoutes.LIST));

    static final List<Compression> ALL = List.of(PLAIN, PADDED);

    /** Least length for compression; shorter answers fit into one packet anyway. */
    static final int MIN_BYTES = 1024;

    /** Limit of compression on the event loop; longer answers take more than a millisecond, on a worker thread. */
    static final int MAX_BYTES_ON_EVENT_LOOP = 32 * 1024;

    private static final String KEY = "parlance.compression";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The compression of an operation's answers; null when they are not compressed. */
    static @Nullable Compression of(String operationId) {
        return ALL.stream()
                .filter(compression -> compression.operations().contains(operationId))
                .findFirst()
                .orElse(null);
    }

    /** Marks the answer as compressible for {@link #send}, and for caches as dependent on the request. */
    void offer(RoutingContext context) {
        context.response().headers().add("Vary", "Accept-Encoding");
        if (isAccepted(context.parsedHeaders().acceptEncoding())) {
            context.put(KEY, this);
        }
        context.next();
    }

    /** Ends the response with JSON, compressed when that was offered, is accepted and saves bytes. */
    static void send(RoutingContext context, byte[] json) {
        send(context, json, null);
    }

    /**
     * {@link #send(RoutingContext, byte[])} for an answer that others get too.
     *
     * @param shared its compressed form, which is used only without padding; null for an answer to one request
     */
    static void send(RoutingContext context, byte[] json, @Nullable Encoded shared) {
        HttpServerResponse response = context.response();
        Compression compression = context.get(KEY);
        if (compression == null || json.length < MIN_BYTES) {
            response.end(Buffer.buffer(json));
            return;
        }
        Encoded kept = compression.paddings() == 0 ? shared : null;
        byte[] known = kept == null ? null : kept.kept();
        if (known != null) {
            sendCompressed(response, known);
            return;
        }
        int padding = compression.padding();
        Future<byte[]> gzipped = json.length > MAX_BYTES_ON_EVENT_LOOP
                ? context.vertx().executeBlocking(() -> Gzip.compress(json, padding), false)
                : Future.succeededFuture(Gzip.compress(json, padding));
        gzipped.onSuccess(bytes -> {
                    if (kept != null) {
                        kept.keep(bytes);
                    }
                    sendCompressed(response, bytes);
                })
                .onFailure(context::fail);
    }

    private static void sendCompressed(HttpServerResponse response, byte[] bytes) {
        response.putHeader("Content-Encoding", "gzip").end(Buffer.buffer(bytes));
    }

    private int padding() {
        return paddings == 0 ? 0 : RANDOM.nextInt(paddings);
    }

    /** True when the client can read gzip; an encoding that it does not name is refused (RFC 9110, 12.5.3). */
    private static boolean isAccepted(List<ParsedHeaderValue> accepted) {
        return accepted.stream()
                .filter(coding -> isGzip(coding.value()))
                .findFirst()
                .or(() -> accepted.stream()
                        .filter(coding -> coding.value().equals("*"))
                        .findFirst())
                .map(coding -> coding.weight() > 0)
                .orElse(false);
    }

    private static boolean isGzip(String coding) {
        String name = coding.toLowerCase(Locale.ROOT);
        return name.equals("gzip") || name.equals("x-gzip");
    }
}
