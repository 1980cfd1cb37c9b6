package chat.parlance.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the page, as it is and compressed once for all who ask.
 *
 * @param tag changes with the content (RFC 9110, 8.8.3)
 */
record PageFile(String contentType, Buffer plain, Buffer gzipped, String tag) {

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "png", "image/png",
            "svg", "image/svg+xml",
            "webmanifest", "application/manifest+json");

    /** @throws IllegalArgumentException when the name has no ending that a page's file has */
    static PageFile of(String name, byte[] plain) {
        String contentType = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (contentType == null) {
            throw new IllegalArgumentException("No file of a page: " + name);
        }
        return new PageFile(
                contentType, Buffer.buffer(plain), Buffer.buffer(gzip(plain)), '"' + PageFiles.digest(plain) + '"');
    }

    /** Answers with the file, or that the browser has it already. */
    void send(HttpServerRequest request, String cacheControl) {
        HttpServerResponse response =
                request.response().putHeader("Cache-Control", cacheControl).putHeader("ETag", tag);
        // Added, because a file that pages of other origins may read has Vary: Origin already.
        response.headers().add("Vary", "Accept-Encoding");
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", contentType);
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader("Content-Encoding", "gzip").end(gzipped);
        } else {
            response.end(plain);
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzipped) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return gzipped.toByteArray();
    }
}
