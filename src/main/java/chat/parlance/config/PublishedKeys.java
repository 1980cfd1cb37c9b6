package chat.parlance.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys that others have published as examples, from {@code keys/published.txt}: an attacker tries them first. */
final class PublishedKeys {

    private static final String RESOURCE = "/keys/published.txt";

    /** Shortest spelling that is compared, in letters and digits. */
    private static final int MIN_LENGTH = 16;

    private PublishedKeys() {}

    /** True for a published key in any spelling, also with text around it, and for a part of one. */
    static boolean contain(String key) {
        Set<String> spellings = spellings(key);
        return read().stream()
                .flatMap(published -> spellings(published).stream())
                .anyMatch(published -> spellings.stream()
                        .anyMatch(spelling -> spelling.contains(published) || published.contains(spelling)));
    }

    /** Letters and digits of a key, and the bytes that it may encode in hexadecimal digits. */
    private static Set<String> spellings(String key) {
        return Stream.concat(
                        Stream.of(key.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT)),
                        KeyRules.decoded(key).map(HexFormat.of()::formatHex))
                .filter(spelling -> spelling.length() >= MIN_LENGTH)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> read() {
        try (InputStream in = Objects.requireNonNull(PublishedKeys.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
