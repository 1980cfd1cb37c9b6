package chat.parlance.config;

import chat.parlance.error.NearestName;
import chat.parlance.error.StartupException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Loads the configuration: the packaged defaults, then the operator's file, the environment and the flags, each over
 * the one before. All problems are reported in one {@link StartupException}, a line each.
 */
public final class ConfigLoader {

    private static final String PREFIX = "PARLANCE_";
    private static final String FILE_SUFFIX = "_FILE";
    private static final String CONFIG_VARIABLE = "PARLANCE_CONFIG";
    private static final String LOG_FORMAT_VARIABLE = "PARLANCE_LOG_FORMAT";
    private static final Set<String> PROCESS_VARIABLES =
            Set.of(CONFIG_VARIABLE, "PARLANCE_JAVA_OPTS", "PARLANCE_LOG_LEVEL", LOG_FORMAT_VARIABLE);

    private static final Set<String> LOG_FORMATS = Set.of("text", "json");
    private static final String HIDDEN = "(set)";
    private final Map<String, ConfigValue> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigLoader() {}

    /**
     * @param flags of the command line
     * @param environment as {@link System#getenv()} gives it
     */
    public static ParlanceConfig load(ConfigFlags flags, Map<String, String> environment) {
        return read(flags, environment).bind();
    }

    /** Values that differ from their defaults, by key; a secret is only said to be set. For a line in the log. */
    public static Map<String, String> changes(ConfigFlags flags, Map<String, String> environment) {
        Map<String, String> changes = new TreeMap<>();
        Map<String, YamlKeys.Leaf> defaults = ConfigReference.defaults();
        read(flags, environment).values.forEach((key, value) -> {
            String initial = Objects.requireNonNull(defaults.get(key)).value();
            boolean secret = Objects.requireNonNull(ConfigKey.all().get(key)).isSecret();
            if (!value.text().equals(initial)) {
                changes.put(key, secret ? HIDDEN : value.text());
            }
        });
        return changes;
    }

    private static ConfigLoader read(ConfigFlags flags, Map<String, String> environment) {
        ConfigLoader loader = new ConfigLoader();
        ConfigReference.defaults().forEach((key, leaf) -> loader.set(key, leaf.value(), "default"));
        String file = flags.file() == null ? environment.get(CONFIG_VARIABLE) : flags.file();
        if (file != null) {
            loader.readFile(Path.of(file));
        }
        loader.readEnvironment(environment);
        flags.values().forEach(value -> loader.set(value.key(), value.text(), value.origin()));
        return loader;
    }

    /** Variables of Kubernetes and Docker Compose that look like keys and are passed over; for a line in the log. */
    public static List<String> ignoredVariables(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(ForeignVariables::contains)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private ParlanceConfig bind() {
        ConfigBinder binder = new ConfigBinder(values);
        ParlanceConfig config = binder.bind();
        problems.addAll(binder.problems());
        if (config == null || !problems.isEmpty()) {
            throw StartupException.usage(String.join("\n", problems));
        }
        return config;
    }

    private void readFile(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            YamlKeys.read(reader).forEach((key, leaf) -> set(key, leaf.value(), file + ":" + leaf.line()));
        } catch (IOException unreadable) {
            problems.add("configuration file " + file + " cannot be read");
        } catch (YAMLException malformed) {
            problems.add("configuration file " + file + ": " + malformed.getMessage());
        }
    }

    private void readEnvironment(Map<String, String> environment) {
        String format = environment.getOrDefault(LOG_FORMAT_VARIABLE, "text");
        if (!LOG_FORMATS.contains(format)) {
            problems.add(
                    "environment variable %s is %s, it must be text or json".formatted(LOG_FORMAT_VARIABLE, format));
        }
        Map<String, ConfigKey> byName =
                ConfigKey.all().values().stream().collect(Collectors.toMap(ConfigKey::environmentName, key -> key));
        environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(PREFIX))
                .filter(variable -> !PROCESS_VARIABLES.contains(variable.getKey()))
                .filter(variable -> !ForeignVariables.contains(variable))
                .forEach(variable -> readVariable(byName, variable.getKey(), variable.getValue()));
    }

    private void readVariable(Map<String, ConfigKey> byName, String name, String value) {
        ConfigKey key = byName.get(name);
        ConfigKey secret =
                name.endsWith(FILE_SUFFIX) ? byName.get(name.substring(0, name.length() - FILE_SUFFIX.length())) : null;
        if (key != null) {
            set(key.path(), value, "environment variable " + name);
        } else if (secret != null && secret.isSecret()) {
            readSecret(secret, name, value);
        } else {
            String unknown = name.substring(PREFIX.length());
            List<String> known = byName.keySet().stream()
                    .map(all -> all.substring(PREFIX.length()))
                    .toList();
            problems.add("environment variable " + name + ": there is no key " + unknown
                    + meant(unknown, known, near -> PREFIX + near));
        }
    }

    private void readSecret(ConfigKey key, String name, String file) {
        try {
            set(key.path(), Files.readString(Path.of(file)).strip(), "environment variable " + name);
        } catch (IOException unreadable) {
            problems.add("environment variable " + name + ": the file " + file + " cannot be read");
        }
    }

    private void set(String key, String text, String origin) {
        if (ConfigKey.all().containsKey(key)) {
            values.put(key, new ConfigValue(key, text, origin));
        } else {
            problems.add(origin + ": there is no key " + key
                    + meant(key, ConfigKey.all().keySet(), near -> near));
        }
    }

    /** @param shown the form in which a suggestion can be used as it stands */
    private static String meant(String unknown, Collection<String> known, Function<String, String> shown) {
        return NearestName.of(unknown, known)
                .map(name -> ", did you mean " + shown.apply(name) + "?")
                .orElse("");
    }
}
