package chat.parlance.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of requests that refuses each one that two servers could read differently: such requests can be smuggled
 * through a proxy (RFC 9112, 11.2). Netty's decoder repairs some of them: it joins folded lines, skips control
 * characters, drops a Content-Length beside a Transfer-Encoding. {@link HeadRules} checks each decoded head and {@link
 * ChunkedBody} the bytes of chunked bodies. After a refused request nothing more of the connection is decoded.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {

    /** Event of the pipeline: the first bytes of a request's head have arrived. */
    static final Object HEAD_BEGUN = "the head of a request has begun";

    /** Refusal of a request that is neither HTTP/1.1 nor HTTP/1.0. */
    static final class UnsupportedVersionException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        UnsupportedVersionException(String version) {
            super("the version is " + version);
        }
    }

    private static final int DELETE = 0x7f;
    private static final int WORDS_OF_REQUEST_LINE = 3;

    private boolean headBegun;
    private boolean requestLineRead;
    private boolean inBody;
    private @Nullable ChunkedBody chunks;
    private boolean refused;

    RequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Drops all further bytes. */
    void stop() {
        refused = true;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!inBody) {
            boolean mayBeEmptyLine = in.readableBytes() == 1 && in.getByte(in.readerIndex()) == '\r';
            if (mayBeEmptyLine && !requestLineRead) {
                // Netty skips the return, and the newline would then start a line.
                return;
            }
            if (!headBegun) {
                headBegun = true;
                context.fireUserEventTriggered(HEAD_BEGUN);
            }
            String violation = violation(in);
            if (violation != null) {
                refused = true;
                in.skipBytes(in.readableBytes());
                HttpMessage invalid = createInvalidMessage();
                invalid.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(violation)));
                out.add(invalid);
                return;
            }
        }
        int before = out.size();
        int from = in.readerIndex();
        ChunkedBody body = chunks;
        super.decode(context, in, out);
        for (int i = before; i < out.size(); i++) {
            if (!take((HttpObject) out.get(i))) {
                out.subList(i + 1, out.size()).clear();
                in.skipBytes(in.readableBytes());
            }
        }
        if (body != null && !refused) {
            String violation = body.violation(in, from, in.readerIndex());
            if (violation != null) {
                while (out.size() > before) {
                    ReferenceCountUtil.release(out.removeLast());
                }
                refuseBody(in, out, violation);
            }
        }
    }

    private void refuseBody(ByteBuf in, List<Object> out, String violation) {
        refused = true;
        in.skipBytes(in.readableBytes());
        LastHttpContent invalid = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        invalid.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(violation)));
        out.add(invalid);
    }

    /** Processes a decoded object; false when nothing more may be decoded. */
    private boolean take(HttpObject decoded) {
        if (decoded instanceof HttpRequest request) {
            headBegun = false;
            requestLineRead = false;
            inBody = true;
            if (request.decoderResult().isSuccess()) {
                try {
                    HeadRules.apply(request);
                } catch (IllegalArgumentException violation) {
                    request.setDecoderResult(DecoderResult.failure(violation));
                }
            }
            chunks = HttpUtil.isTransferEncodingChunked(request) ? new ChunkedBody() : null;
        }
        if (decoded instanceof LastHttpContent) {
            inBody = false;
            chunks = null;
        }
        refused = !decoded.decoderResult().isSuccess();
        return !refused;
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        requestLineRead = true;
        String version = initialLine[2];
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw version.matches("HTTP/[0-9]\\.[0-9]")
                    ? new UnsupportedVersionException(version)
                    : new IllegalArgumentException("no version of HTTP");
        }
        return super.createMessage(initialLine);
    }

    /** Creates a message of HTTP/1.1; Netty's own would be of HTTP/1.0, and so would the answer. */
    @Override
    protected HttpMessage createInvalidMessage() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", HeadersMultiMap.httpHeaders());
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage request) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }

    /** Violation in the lines of a head that have arrived and are not decoded yet; the first byte starts a line. */
    private @Nullable String violation(ByteBuf in) {
        boolean requestLine = !requestLineRead;
        int at = in.readerIndex();
        while (at < in.writerIndex()) {
            byte first = in.getByte(at);
            boolean empty = first == '\r';
            if (!requestLine && (empty || first == '\n')) {
                // The end of the head, which Netty accepts only as a return and a newline.
                return null;
            }
            if (!empty && first <= ' ' && first >= 0) {
                return "a line begins with a control character or a space";
            }
            if (!requestLine && first == ':') {
                return "a header has no name";
            }
            int newline = in.indexOf(at, in.writerIndex(), (byte) '\n');
            int end = newline < 0 ? in.writerIndex() : newline;
            if (!isVisible(in, at, end, requestLine)) {
                return "a line has a control character";
            }
            if (requestLine && !empty && newline >= 0 && !hasThreeWords(in, at, end)) {
                return "the request line is not a method, a target and a version with one space between them";
            }
            requestLine &= empty;
            at = end + 1;
        }
        return null;
    }

    /**
     * True for three words with single spaces between them (RFC 9112, 3); Netty accepts any number of spaces and tabs.
     */
    private static boolean hasThreeWords(ByteBuf in, int from, int end) {
        int to = in.getByte(end - 1) == '\r' ? end - 1 : end;
        int words = 1;
        for (int i = from; i < to; i++) {
            if (in.getByte(i) == ' ') {
                words++;
                if (i == to - 1 || in.getByte(i + 1) == ' ') {
                    return false;
                }
            }
        }
        return words == WORDS_OF_REQUEST_LINE;
    }

    /** False for a line with control characters other than its last return and, but in a request line, tabs. */
    private static boolean isVisible(ByteBuf in, int from, int end, boolean requestLine) {
        for (int i = from; i < end; i++) {
            byte character = in.getByte(i);
            boolean isReturn = character == '\r' && i == end - 1;
            boolean isTab = character == '\t' && !requestLine;
            boolean isControl = (character >= 0 && character < ' ') || character == DELETE;
            if ((isControl && !isReturn && !isTab) || (character < 0 && requestLine)) {
                return false;
            }
        }
        return true;
    }
}
