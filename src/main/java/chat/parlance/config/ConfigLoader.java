package chat.parlance.config;

import chat.parlance.error.StartupException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final Set<String> PROCESS_VARIABLES =
            Set.of(CONFIG_VARIABLE, "PARLANCE_JAVA_OPTS", "PARLANCE_LOG_LEVEL");
    private static final Map<String, String> ALIASES = Map.of("port", "http.port");

    private final Map<String, ConfigValue> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigLoader() {}

    /**
     * @param flags {@code --key=value} or {@code --key value}
     * @param environment as {@link System#getenv()} gives it
     */
    public static ParlanceConfig load(List<String> flags, Map<String, String> environment) {
        ConfigLoader loader = new ConfigLoader();
        ConfigReference.defaults().forEach((key, leaf) -> loader.set(key, leaf.value(), "default"));
        Map<String, String> parsed = loader.parseFlags(flags);
        String file = parsed.containsKey("config") ? parsed.remove("config") : environment.get(CONFIG_VARIABLE);
        if (file != null) {
            loader.readFile(Path.of(file));
        }
        loader.readEnvironment(environment);
        parsed.forEach((name, value) -> loader.set(ALIASES.getOrDefault(name, name), value, "flag --" + name));
        return loader.bind();
    }

    private ParlanceConfig bind() {
        ConfigBinder binder = new ConfigBinder(values);
        ParlanceConfig config = binder.bind();
        problems.addAll(binder.problems());
        if (config == null || !problems.isEmpty()) {
            throw new StartupException(String.join("\n", problems));
        }
        return config;
    }

    private Map<String, String> parseFlags(List<String> flags) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (int i = 0; i < flags.size(); i++) {
            String flag = flags.get(i);
            int equals = flag.indexOf('=');
            if (!flag.startsWith("--")) {
                problems.add("unexpected argument " + flag);
            } else if (equals > 0) {
                parsed.put(flag.substring(2, equals), flag.substring(equals + 1));
            } else if (i + 1 < flags.size()) {
                parsed.put(flag.substring(2), flags.get(++i));
            } else {
                problems.add("flag " + flag + " has no value");
            }
        }
        return parsed;
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
        Map<String, ConfigKey> byName =
                ConfigKey.all().values().stream().collect(Collectors.toMap(ConfigKey::environmentName, key -> key));
        environment.forEach((name, value) -> {
            if (!name.startsWith(PREFIX) || PROCESS_VARIABLES.contains(name)) {
                return;
            }
            ConfigKey key = byName.get(name);
            ConfigKey secret = name.endsWith(FILE_SUFFIX)
                    ? byName.get(name.substring(0, name.length() - FILE_SUFFIX.length()))
                    : null;
            if (key != null) {
                set(key.path(), value, "environment variable " + name);
            } else if (secret != null && secret.isSecret()) {
                readSecret(secret, name, value);
            } else {
                problems.add(unknown("environment variable " + name, name.substring(PREFIX.length())));
            }
        });
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
            problems.add(unknown(origin, key));
        }
    }

    private static String unknown(String origin, String name) {
        String meant = ConfigKey.nearest(name)
                .map(key -> ", did you mean " + key.path() + "?")
                .orElse("");
        return origin + ": there is no key " + name + meant;
    }
}
