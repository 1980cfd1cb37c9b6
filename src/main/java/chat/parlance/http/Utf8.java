package chat.parlance.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict decoder of UTF-8: the decoder of {@code String} would replace malformed bytes. */
final class Utf8 {

    private Utf8() {}

    /** The text of the bytes, empty when they are not UTF-8. */
    static Optional<String> decode(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
