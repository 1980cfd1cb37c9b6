package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.http.RequestHeads;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The client's part of the opening handshake (RFC 6455, 4.2.1), checked before Vert.x answers it: Vert.x also accepts the
 * drafts 7 and 8 of the protocol, whose frames {@link FrameChannel} does not read, and takes any key. A refused handshake
 * ends its connection.
 */
final class HandshakeRules {

    private static final String VERSION_HEADER = "Sec-WebSocket-Version";
    private static final String VERSION = "13";
    private static final String KEY_HEADER = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;

    private HandshakeRules() {}

    /** @throws ChatException with {@code upgrade_required} for another version, else with {@code bad_request} */
    static void check(RoutingContext context) {
        try {
            check(context.request());
        } catch (ChatException refused) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            if (refused.code() == ErrorCode.UPGRADE_REQUIRED) {
                // RFC 6455, 4.4, and RFC 9110, 15.5.22 and 7.8.
                context.response()
                        .putHeader(HttpHeaders.CONNECTION, "close, Upgrade")
                        .putHeader(HttpHeaders.UPGRADE, "websocket")
                        .putHeader(VERSION_HEADER, VERSION);
            }
            throw refused;
        }
    }

    private static void check(HttpServerRequest request) {
        MultiMap headers = request.headers();
        if (request.version() != HttpVersion.HTTP_1_1 || !hasToken(headers.getAll(HttpHeaders.UPGRADE), "websocket")) {
            throw ChatException.badRequest("This is a WebSocket endpoint; send Upgrade: websocket by HTTP/1.1");
        }
        if (!hasToken(headers.getAll(HttpHeaders.CONNECTION), "upgrade")) {
            throw ChatException.badRequest("The header Connection must be Upgrade");
        }
        if (!headers.getAll(VERSION_HEADER).equals(List.of(VERSION))) {
            throw new ChatException(ErrorCode.UPGRADE_REQUIRED);
        }
        List<String> keys = headers.getAll(KEY_HEADER);
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            throw ChatException.badRequest("The header Sec-WebSocket-Key must be 16 bytes in base64");
        }
        if (RequestHeads.hasBody(request)) {
            throw ChatException.badRequest("A WebSocket handshake must not have a body");
        }
    }

    private static boolean hasToken(List<String> values, String token) {
        return values.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .anyMatch(each -> each.strip().equalsIgnoreCase(token));
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
