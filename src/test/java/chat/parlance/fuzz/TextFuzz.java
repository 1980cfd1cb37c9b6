package chat.parlance.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.cluster.ClusterTexts;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.error.StartupException;
import chat.parlance.json.JsonCodec;
import chat.parlance.lines.LineTexts;
import chat.parlance.model.Mentions;
import chat.parlance.model.Stamp;
import chat.parlance.model.TextRules;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.protocol.ClientFrame;
import chat.parlance.search.SearchTexts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The parsers of texts from outside, without a node. The first byte of an input names the parser, the rest is its text.
 * A parser accepts a text or refuses it with its own exception; everything else is a finding.
 */
public final class TextFuzz {

    private static final Map<Character, Consumer<byte[]>> PARSERS = Map.of(
            'F', text(TextFuzz::frame),
            'L', text(LineTexts::read),
            'M', text(TextFuzz::mentions),
            'P', text(SearchTexts::token),
            'Q', text(SearchTexts::query),
            'S', text(TextFuzz::stamp),
            'U', text(TextFuzz::postgresUri),
            'C', text(ClusterTexts::members),
            'B', ClusterTexts::envelope);

    private TextFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Consumer<byte[]> parser = input.length == 0 ? null : PARSERS.get((char) input[0]);
        if (parser != null) {
            try {
                parser.accept(Arrays.copyOfRange(input, 1, input.length));
            } catch (ChatException refused) {
                requireKnown(refused);
            } catch (StartupException refused) {
                // The setting is wrong, and the message says so.
            }
        }
    }

    private static Consumer<byte[]> text(Consumer<String> parser) {
        return bytes -> parser.accept(new String(bytes, UTF_8));
    }

    private static void frame(String text) {
        if (JsonCodec.decode(text) instanceof ClientFrame.Invalid invalid) {
            requireKnown(invalid.reason());
        }
    }

    private static void mentions(String text) {
        List<?> users = Mentions.in(text);
        if (users.stream().distinct().count() != users.size()) {
            throw new AssertionError("mentions " + users);
        }
        TextRules.message(text, TextRules.MAX_BYTES);
    }

    private static void stamp(String text) {
        if (!Stamp.parse(text).toString().equals(text)) {
            throw new AssertionError("another text of the same stamp");
        }
    }

    private static void postgresUri(String text) {
        PostgresUri uri = PostgresUri.parse(text);
        if (!PostgresUri.parse(text).equals(uri) || uri.jdbcUrl().isEmpty()) {
            throw new AssertionError("another address of the same text");
        }
    }

    private static void requireKnown(ChatException refused) {
        if (refused.code() == ErrorCode.INTERNAL) {
            throw refused;
        }
    }
}
