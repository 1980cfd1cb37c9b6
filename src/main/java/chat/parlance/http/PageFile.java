package chat.parlance.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * File of the page with its encodings, made once for all requests.
 *
 * @param encodings the preferred one first, the unencoded file last
 * @param digest of the content; its beginning is the entity tag (RFC 9110, 8.8.3), to which each encoding adds its name
 * @param policy content security policy of this document; null for the default one
 */
record PageFile(
        String contentType,
        List<Encoded> encodings,
        String digest,
        @Nullable String policy) {

    /**
     * Content in one encoding.
     *
     * @param coding token of Content-Encoding; empty for the unencoded file
     */
    record Encoded(String coding, Buffer content) {}

    static final String BROTLI = "br";
    static final String GZIP = "gzip";

    /** Length of an entity tag: it goes with each file, and tells only versions of one file apart. */
    private static final int TAG_DIGITS = 24;

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "map", "application/json",
            "png", "image/png",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8",
            "webmanifest", "application/manifest+json");

    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script(?:\\s(?![^>]*\\bsrc=)[^>]*)?>(.*?)</script>", Pattern.DOTALL);

    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private static final Pattern NOT_ACCEPTED = Pattern.compile(";\\s*q=0(?:\\.0*)?\\s*(?:;|$)");

    /**
     * Creates a file from the output of the build; null for a missing encoding.
     *
     * @throws IllegalArgumentException when the name has no known ending of a page's file
     */
    static PageFile of(String name, byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzipped) {
        String contentType = contentType(name);
        if (contentType == null) {
            throw new IllegalArgumentException("No file of a page: " + name);
        }
        List<Encoded> encodings = Stream.of(encoded(BROTLI, brotli), encoded(GZIP, gzipped), encoded("", plain))
                .flatMap(List::stream)
                .toList();
        String policy = name.endsWith(".html") ? policy(new String(plain, StandardCharsets.UTF_8)) : null;
        return new PageFile(contentType, encodings, digest(plain), policy);
    }

    /** True for a name with a known ending of a page's file. */
    static boolean isKnown(String name) {
        return contentType(name) != null;
    }

    /** SHA-256 in hexadecimal digits. */
    static String digest(byte[] content) {
        return HexFormat.of().formatHex(sha256(content));
    }

    /** Answers with the file, or with 304 when the browser has it already. */
    void send(HttpServerRequest request, String cacheControl) {
        Encoded chosen = choose(request.getHeader("Accept-Encoding"));
        String entityTag =
                '"' + digest.substring(0, TAG_DIGITS) + (chosen.coding().isEmpty() ? "" : "-" + chosen.coding()) + '"';
        HttpServerResponse response =
                request.response().putHeader("Cache-Control", cacheControl).putHeader("ETag", entityTag);
        if (policy != null) {
            response.putHeader("Content-Security-Policy", policy);
        }
        if (encodings.size() > 1) {
            // Added to the present Vary, because a file that pages of other origins may read has Vary: Origin already.
            response.headers().add("Vary", "Accept-Encoding");
        }
        if (isNamed(entityTag, request.headers().getAll("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", contentType);
        if (!chosen.coding().isEmpty()) {
            response.putHeader("Content-Encoding", chosen.coding());
        }
        response.end(chosen.content());
    }

    /** The best encoding that a client accepts (RFC 9110, 12.5.3); without the header, the unencoded file. */
    Encoded choose(@Nullable String accepted) {
        if (accepted == null) {
            return encodings.getLast();
        }
        List<String> codings = Arrays.stream(accepted.split(",", -1))
                .filter(coding -> !NOT_ACCEPTED.matcher(coding).find())
                .map(coding -> coding.replaceFirst(";.*", "").strip())
                .toList();
        return encodings.stream()
                .filter(encoded -> codings.stream().anyMatch(encoded.coding()::equalsIgnoreCase))
                .findFirst()
                .orElse(encodings.getLast());
    }

    /**
     * True when the browser has the content of a tag: the lines of If-None-Match list the tag, also as a weak one, or
     * are the star that means any content (RFC 9110, 13.1.2). A star within a list or a tag has no meaning.
     */
    static boolean isNamed(String entityTag, List<String> ifNoneMatch) {
        String known = String.join(",", ifNoneMatch).strip();
        return known.equals("*")
                || ENTITY_TAG
                        .matcher(known)
                        .results()
                        .anyMatch(tag -> tag.group(1).equals(entityTag));
    }

    /** The policy of a document, which allows the scripts within it by their hashes, and no other inline script. */
    private static String policy(String html) {
        return SecurityHeaders.policy(INLINE_SCRIPT
                .matcher(html)
                .results()
                .map(script -> Base64.getEncoder()
                        .encodeToString(sha256(script.group(1).getBytes(StandardCharsets.UTF_8))))
                .map("'sha256-%s'"::formatted)
                .toList());
    }

    private static @Nullable String contentType(String name) {
        return CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    }

    private static List<Encoded> encoded(String coding, byte @Nullable [] content) {
        return content == null ? List.of() : List.of(new Encoded(coding, Buffer.buffer(content)));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
