package chat.parlance.http;

import chat.parlance.error.ErrorCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of one HTTP connection, and its orderly end. Vert.x has one timeout, which every byte of a slow request defers;
 * this handler gives a head and a body each a time in which they have to arrive whole.
 *
 * <pre>
 *   opened ──▶ FIRST ──bytes──▶ HEAD ──head──▶ BODY ──end of body──▶ ANSWER ──end of answer──▶ IDLE
 *                                ▲                                                               │
 *                                └───────────────────────────── bytes ────────────────────────────┘
 * </pre>
 *
 * An answer with {@code Connection: close} is the connection's last, and so is the one that makes the client's refusals a flood.
 * The handler stands between the decoder and Vert.x's and leaves the pipeline when the connection becomes a WebSocket.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write or close means that the connection is closed already.
final class RequestDeadlines extends ChannelDuplexHandler {

    private enum Awaited {
        FIRST,
        HEAD,
        BODY,
        ANSWER,
        IDLE
    }

    /**
     * Time for which the rest of a request is read and dropped after its early answer: a close with unread bytes resets
     * the connection, which can cost the client the answer.
     */
    private static final int LINGER_MS = 500;

    /** Longest body that is read to its end after an early answer, so that the connection can be reused. */
    private static final int SMALL_BODY_BYTES = 65_536;

    private final long requestNs;
    private final long idleNs;
    private final Refusals refusals;
    private final Runnable shutDown;
    private Awaited awaited = Awaited.FIRST;
    private long deadlineNs;
    private int unanswered;
    private boolean inBody;
    private boolean smallBody;
    private boolean lastRequest;
    private boolean answerBegun;
    private boolean lastAnswer;
    private boolean refused;
    private boolean ended;
    private boolean ending;
    private @Nullable Future<?> check;

    /**
     * @param refusals counts the answers of the connection
     * @param shutDown stops the decoding and handling of further requests of the connection
     */
    RequestDeadlines(StrictServer.Timeouts timeouts, Refusals refusals, Runnable shutDown) {
        this.refusals = refusals;
        this.shutDown = shutDown;
        this.requestNs = TimeUnit.MILLISECONDS.toNanos(timeouts.requestMs());
        this.idleNs = TimeUnit.SECONDS.toNanos(timeouts.idleSeconds());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        await(Awaited.FIRST, requestNs);
        check(context, requestNs);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (check != null) {
            check.cancel(false);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!RequestDecoder.HEAD_BEGUN.equals(event)) {
            context.fireUserEventTriggered(event);
        } else if (awaited == Awaited.FIRST) {
            awaited = Awaited.HEAD;
        } else {
            await(Awaited.HEAD, requestNs);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // A client that has asked for the end of the connection sends nothing after that request (RFC 9112, 9.6).
        boolean follows = lastRequest && !inBody;
        if (ending || follows) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            unanswered++;
            inBody = true;
            smallBody = isSmall(request);
            lastRequest = !HttpUtil.isKeepAlive(request);
            await(Awaited.BODY, requestNs);
        }
        if (message instanceof HttpObject decoded && !decoded.decoderResult().isSuccess()) {
            refused = true;
            if (message instanceof HttpContent) {
                // A broken body; Vert.x would close without an answer.
                ReferenceCountUtil.release(message);
                refuse(context, ErrorCode.BAD_REQUEST);
                return;
            }
        } else if (message instanceof LastHttpContent) {
            inBody = false;
            awaitNext();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (ended && message instanceof HttpObject) {
            // The answer to a request that had arrived before the connection's last answer.
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        ChannelPromise written = promise;
        if (message instanceof HttpResponse response) {
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                context.write(message, promise);
                context.pipeline().remove(this);
                return;
            }
            answerBegun = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
            lastAnswer = answerBegun && (closes(response) || isLast());
            if (lastAnswer && !isClose(response)) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
        if (message instanceof LastHttpContent && answerBegun) {
            answerBegun = false;
            unanswered--;
            if (lastAnswer) {
                ended = true;
                written = promise.unvoid();
                written.addListener(done -> end(context, context.newPromise()));
            } else {
                awaitNext();
            }
        }
        context.write(message, written);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        end(context, promise);
    }

    /**
     * True when the answer that begins is the connection's last: the client has requested the close, which Vert.x
     * overlooks in a list of several options, or the rest of the request's body is long or may not arrive.
     */
    private boolean isLast() {
        return unanswered <= 1 && (lastRequest || (inBody && !smallBody));
    }

    /** True when the server closes the connection: its handler has said so, or the client floods. */
    private boolean closes(HttpResponse response) {
        boolean floods = refusals.isFlood(response.status());
        if (floods) {
            // Requests that have arrived meanwhile are not handled.
            shutDown.run();
        }
        boolean clientCloses = lastRequest && unanswered <= 1;
        boolean serverCloses = floods || (isClose(response) && !clientCloses);
        refused |= serverCloses;
        return serverCloses;
    }

    private static boolean isClose(HttpResponse response) {
        return response.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }

    /** A client that expects 100 Continue may not send the body after another answer (RFC 9110, 10.1.1). */
    private static boolean isSmall(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && !HttpUtil.isTransferEncodingChunked(request)
                && !request.headers().contains(HttpHeaderNames.EXPECT)
                && HttpUtil.getContentLength(request, 0L) <= SMALL_BODY_BYTES;
    }

    private void awaitNext() {
        if (awaited == Awaited.HEAD || inBody) {
            return;
        }
        if (unanswered > 0) {
            awaited = Awaited.ANSWER;
        } else {
            await(Awaited.IDLE, idleNs);
        }
    }

    private void await(Awaited next, long withinNs) {
        awaited = next;
        deadlineNs = System.nanoTime() + withinNs;
    }

    private void check(ChannelHandlerContext context, long afterNs) {
        check = context.executor().schedule(() -> check(context), afterNs, TimeUnit.NANOSECONDS);
    }

    /** Checks all deadlines with one timer, so that a request needs none of its own. */
    private void check(ChannelHandlerContext context) {
        long leftNs = deadlineNs - System.nanoTime();
        // While an earlier request is being answered Vert.x stops reading, so the client is not late.
        boolean readsNot = unanswered > (inBody ? 1 : 0);
        if (readsNot) {
            deadlineNs = System.nanoTime() + requestNs;
            check(context, requestNs);
        } else if (leftNs > 0) {
            check(context, Math.min(leftNs, requestNs));
        } else if (awaited == Awaited.HEAD || awaited == Awaited.BODY) {
            refuse(context, ErrorCode.REQUEST_TIMEOUT);
        } else {
            context.close();
        }
    }

    /** Answers the request that is being read, unless its answer has begun, and closes. */
    private void refuse(ChannelHandlerContext context, ErrorCode code) {
        refused = true;
        if (ending || answerBegun || unanswered > 1 || (unanswered == 0 && inBody)) {
            end(context, context.newPromise());
            return;
        }
        context.writeAndFlush(answer(code)).addListener(written -> end(context, context.newPromise()));
    }

    /** The connection's last answer. */
    static FullHttpResponse answer(ErrorCode code) {
        ProblemDocument problem = ProblemDocument.of(code);
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(code.status()),
                Unpooled.wrappedBuffer(problem.body().getBytes()));
        MultiMap headers = HttpHeaders.headers();
        SecurityHeaders.add(headers);
        problem.putHeaders(headers);
        headers.forEach(header -> answer.headers().set(header.getKey(), header.getValue()));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }

    private void end(ChannelHandlerContext context, ChannelPromise promise) {
        boolean unread = (refused || inBody) && context.channel().isActive();
        if (!unread || !(context.channel() instanceof DuplexChannel duplex)) {
            context.close(promise);
            return;
        }
        context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        if (ending) {
            return;
        }
        ending = true;
        duplex.shutdownOutput();
        duplex.config().setAutoRead(true);
        context.executor().schedule(() -> context.close(), LINGER_MS, TimeUnit.MILLISECONDS);
    }
}
