package chat.parlance.fuzz;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/** The answers to the requests of one connection, read by Netty's decoder for clients. */
final class HttpAnswers {

    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int FIRST_ERROR = 400;
    private static final int FIRST_FAILURE = 500;

    /** Statuses of an overload, or another version of HTTP: neither is a failure of the node. */
    private static final Set<Integer> HONEST_FAILURES = Set.of(503, 505);

    /** A line of a stack trace, or the name of an exception or of a package. */
    private static final Pattern TRACE =
            Pattern.compile("\\bat [\\w.$]+\\(|Exception\\b|\\b(?:io\\.|java\\.|chat\\.)\\w+\\.");

    private final Deque<HttpMethod> methods = new ArrayDeque<>();
    private final EmbeddedChannel decoder = new EmbeddedChannel(
            new HttpResponseDecoder() {
                @Override
                protected boolean isContentAlwaysEmpty(HttpMessage answer) {
                    return HttpMethod.HEAD.equals(methods.poll()) || super.isContentAlwaysEmpty(answer);
                }
            },
            new HttpObjectAggregator(MAX_BYTES));

    private int complete;
    private int answered;
    private boolean upgraded;

    HttpAnswers(byte[] requests) {
        EmbeddedChannel reader = new EmbeddedChannel(new HttpRequestDecoder());
        reader.writeInbound(Unpooled.wrappedBuffer(requests));
        for (HttpObject part = reader.readInbound(); part != null; part = reader.readInbound()) {
            if (part instanceof HttpRequest request) {
                methods.add(request.method());
            }
            if (part instanceof LastHttpContent && part.decoderResult().isSuccess()) {
                complete++;
            }
            ReferenceCountUtil.release(part);
        }
        reader.finishAndReleaseAll();
    }

    /** True when a request is complete and no answer has come. */
    boolean areMissing() {
        return complete > 0 && answered == 0;
    }

    /** Reads the bytes of the node; those of a WebSocket are ignored. */
    void add(byte[] bytes, int length) {
        if (!upgraded) {
            decoder.writeInbound(Unpooled.copiedBuffer(bytes, 0, length));
            readAnswers();
        }
    }

    private void readAnswers() {
        for (Object read = decoder.readInbound(); read != null; read = decoder.readInbound()) {
            // Bytes that follow an upgrade are no answer.
            if (read instanceof FullHttpResponse answer) {
                answered++;
                upgraded |= answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
                require(answer);
            }
            ReferenceCountUtil.release(read);
        }
    }

    /** @throws AssertionError when a complete request has no answer */
    void check() {
        decoder.finish();
        readAnswers();
        if (areMissing()) {
            throw new AssertionError("the node closed without an answer to a complete request");
        }
    }

    private void require(FullHttpResponse answer) {
        int status = answer.status().code();
        String body = answer.content().toString(StandardCharsets.UTF_8);
        if (answer.decoderResult().isFailure()) {
            throw new AssertionError(
                    "an answer that is no HTTP", answer.decoderResult().cause());
        }
        if (status >= FIRST_FAILURE && !HONEST_FAILURES.contains(status)) {
            throw new AssertionError("status " + status + ": " + body);
        }
        if (upgraded && !answer.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            throw new AssertionError("an upgrade to another protocol: " + answer.headers());
        }
        if (status >= FIRST_ERROR && TRACE.matcher(body).find()) {
            throw new AssertionError("an inner name in the answer: " + body);
        }
    }
}
