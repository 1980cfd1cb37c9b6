package chat.parlance.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Every key with its default and meaning, from the packaged {@code conf/parlance.yaml}. */
public final class ConfigReference {

    private static final String RESOURCE = "/conf/parlance.yaml";

    private ConfigReference() {}

    /** Reference of the keys, as {@code --help} prints it. */
    public static String text() {
        Map<String, YamlKeys.Leaf> defaults = defaults();
        return ConfigKey.all().values().stream()
                .map(key -> "  --%s=%s%n      %s%n      %s"
                        .formatted(
                                key.path(),
                                leaf(defaults, key).value(),
                                leaf(defaults, key).description(),
                                key.environmentName()))
                .collect(Collectors.joining("\n"));
    }

    /** Defaults and descriptions of the packaged file, by key. */
    static Map<String, YamlKeys.Leaf> defaults() {
        try (InputStream in = Objects.requireNonNull(ConfigReference.class.getResourceAsStream(RESOURCE))) {
            return YamlKeys.read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static YamlKeys.Leaf leaf(Map<String, YamlKeys.Leaf> defaults, ConfigKey key) {
        return Objects.requireNonNull(defaults.get(key.path()), key.path());
    }
}
