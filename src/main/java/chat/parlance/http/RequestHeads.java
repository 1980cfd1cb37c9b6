package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks of a request's head that hold for all routes, before its body is read. */
public final class RequestHeads {

    private RequestHeads() {}

    /**
     * Passes requests on whose target a router reads as it is written; answers the others.
     *
     * @param limit counts a request that reaches no router, or throws a {@link ChatException}
     */
    static Handler<HttpServerRequest> checkTarget(
            Handler<HttpServerRequest> router, Consumer<HttpServerRequest> limit) {
        return request -> {
            boolean forServer = request.uri().equals(RequestTarget.SERVER);
            boolean isText = RequestTarget.isText(request.uri());
            if (!forServer && isText && RequestTarget.isPlain(request.uri())) {
                router.handle(request);
                return;
            }
            SecurityHeaders.add(request.response().headers());
            try {
                limit.accept(request);
                if (!forServer && isText) {
                    throw new ChatException(ErrorCode.NOT_FOUND);
                }
                if (!forServer) {
                    throw ChatException.badRequest("The address is not a path in percent-encoded UTF-8");
                }
                AllowedMethods.answer(request.response(), AllowedMethods.OF_SERVER);
            } catch (ChatException refused) {
                Problems.answer(request.response(), ProblemDocument.of(refused));
            }
        };
    }

    /** Refuses an expectation that the server cannot meet (RFC 9110, 10.1.1). */
    static void checkExpectation(RoutingContext context) {
        boolean unknown = context.request().headers().getAll("Expect").stream()
                .anyMatch(expectation -> !expectation.equalsIgnoreCase("100-continue"));
        if (unknown) {
            throw new ChatException(ErrorCode.EXPECTATION_FAILED);
        }
        context.next();
    }

    /**
     * Accepts JSON bodies alone. A browser sends a form of another site without a preflight, but not with this media
     * type (OWASP, cross-site request forgery).
     */
    static void checkMediaType(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean compressed = request.headers().getAll("Content-Encoding").stream()
                .anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
        if (hasBody(request) && (compressed || !isJson(request.getHeader("Content-Type")))) {
            context.response().putHeader("Accept", "application/json").putHeader("Accept-Encoding", "identity");
            throw new ChatException(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
        context.next();
    }

    /** True when a body follows the head (RFC 9112, 6.3). */
    public static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    /** True for JSON in UTF-8, which is its only encoding (RFC 8259, 8.1), named or not. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        return parts[0].strip().equals("application/json")
                && Stream.of(parts)
                        .skip(1)
                        .map(String::strip)
                        .filter(parameter -> parameter.startsWith("charset="))
                        .allMatch(charset -> charset.matches("charset=\"?utf-8\"?"));
    }
}
