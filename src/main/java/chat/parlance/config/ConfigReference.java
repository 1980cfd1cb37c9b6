package chat.parlance.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/** Every key with its default and meaning, from the packaged {@code conf/parlance.yaml}. */
final class ConfigReference {

    private static final String RESOURCE = "/conf/parlance.yaml";
    private static final Map<String, YamlKeys.Leaf> DEFAULTS = read();

    private ConfigReference() {}

    /** Defaults and descriptions of the packaged file, by key. */
    static Map<String, YamlKeys.Leaf> defaults() {
        return DEFAULTS;
    }

    private static Map<String, YamlKeys.Leaf> read() {
        try (InputStream in = Objects.requireNonNull(ConfigReference.class.getResourceAsStream(RESOURCE))) {
            return Collections.unmodifiableMap(YamlKeys.read(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
