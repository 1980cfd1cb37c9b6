package chat.parlance.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** Every key with its default and meaning, from the packaged {@code conf/parlance.yaml}. */
final class ConfigReference {

    private static final String RESOURCE = "/conf/parlance.yaml";

    private ConfigReference() {}

    /** Defaults and descriptions of the packaged file, by key. */
    static Map<String, YamlKeys.Leaf> defaults() {
        try (InputStream in = Objects.requireNonNull(ConfigReference.class.getResourceAsStream(RESOURCE))) {
            return YamlKeys.read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static YamlKeys.Leaf leaf(Map<String, YamlKeys.Leaf> defaults, ConfigKey key) {
        return Objects.requireNonNull(defaults.get(key.path()), key.path());
    }
}
