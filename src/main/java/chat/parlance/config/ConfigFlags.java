package chat.parlance.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** Flags of a command for the configuration: {@code --KEY=VALUE} for each key, and {@code --config} for a file of keys. */
public final class ConfigFlags {

    private static final String FILE = "--config";
    private static final Map<String, String> SHORT_NAMES = Map.of("http.port", "--port");

    private final List<ConfigValue> values = new ArrayList<>();
    private @Nullable String file;

    /** Adds all flags to a command; its help has each with its meaning, default and environment variable. */
    public void addTo(CommandSpec command) {
        add(command, Set.copyOf(ConfigKey.all().keySet()));
    }

    /** Adds all flags to a command whose help has these keys alone. */
    public void addTo(CommandSpec command, String... shown) {
        add(command, Set.copyOf(Arrays.asList(shown)));
    }

    /** In the order of the command line. */
    List<ConfigValue> values() {
        return values;
    }

    @Nullable
    String file() {
        return file;
    }

    private void add(CommandSpec command, Set<String> shown) {
        command.addOption(flag(FILE)
                .paramLabel("FILE")
                .description("YAML file of keys", "PARLANCE_CONFIG")
                .setter(setter(text -> file = text))
                .build());
        // In the order of the file, which groups the keys for people.
        ConfigReference.defaults().forEach((path, leaf) -> {
            ConfigKey key = Objects.requireNonNull(ConfigKey.all().get(path), path);
            String name = "--" + path;
            String shortName = SHORT_NAMES.get(path);
            command.addOption((shortName == null ? flag(name) : flag(shortName, name))
                    .hidden(!shown.contains(path))
                    .paramLabel(leaf.value().isEmpty() ? "VALUE" : escaped(leaf.value()))
                    .description(escaped(leaf.description()), key.environmentName())
                    .setter(setter(text -> values.add(new ConfigValue(path, text, "flag " + name))))
                    .build());
        });
    }

    private static OptionSpec.Builder flag(String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .type(String.class);
    }

    /** Picocli sets each option to null before it parses. */
    private static ISetter setter(Consumer<String> taker) {
        return new ISetter() {
            @Override
            @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked", "NullAway"})
            public <T> T set(T value) {
                if (value instanceof String text) {
                    taker.accept(text);
                }
                return null;
            }
        };
    }

    /** A text that picocli prints as it stands. */
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }
}
