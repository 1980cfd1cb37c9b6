package chat.parlance.config;

import static java.util.stream.Collectors.joining;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.RandomKey;
import chat.parlance.setting.Secret;
import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One key, as a component of the {@link ParlanceConfig} tree declares it.
 *
 * @param path the key, such as {@code http.port}
 * @param random true for a secret that nobody may guess
 */
record ConfigKey(
        String path,
        Class<?> type,
        @Nullable Class<?> element,
        @Nullable Within within,
        boolean random) {

    private static final Map<String, ConfigKey> ALL = new LinkedHashMap<>();

    static {
        collect("", ParlanceConfig.class);
    }

    /** All keys by path, in the order of the tree. */
    static Map<String, ConfigKey> all() {
        return ALL;
    }

    static ConfigKey of(String prefix, RecordComponent component) {
        return new ConfigKey(
                prefix + component.getName(),
                component.getType(),
                element(component.getGenericType()),
                component.getAnnotation(Within.class),
                component.isAnnotationPresent(RandomKey.class));
    }

    /** Prefix of the keys in the record of a component. */
    static String prefix(String prefix, RecordComponent component) {
        return component.isAnnotationPresent(Unwrapped.class) ? prefix : prefix + component.getName() + ".";
    }

    /**
     * Environment variable of this key: {@code postgres.statementTimeoutMs} is {@code
     * PARLANCE_POSTGRES_STATEMENT_TIMEOUT_MS}.
     */
    String environmentName() {
        return "PARLANCE_"
                + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replace('.', '_')
                        .toUpperCase(Locale.ROOT);
    }

    boolean isSecret() {
        return type == Secret.class;
    }

    /** Description of the allowed values, to follow "must be". */
    String allowed() {
        if (type == boolean.class) {
            return "true or false";
        } else if (isNumber()) {
            return "a whole number" + range();
        } else if (type == String.class) {
            return "a text" + range() + " characters";
        } else if (type == Path.class) {
            return "a path" + range() + " characters";
        } else if (type.isEnum()) {
            return "one of " + names(type);
        } else if (element != null && element.isEnum()) {
            return "a list of " + names(element);
        } else {
            return "a text";
        }
    }

    /**
     * Parses a value.
     *
     * @throws InvalidSettingException when a rule forbids the value
     * @throws IllegalArgumentException when the text is not {@link #allowed()}
     */
    Object parse(String text) {
        if (type == boolean.class) {
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        } else if (isNumber()) {
            long number = Long.parseLong(text.strip());
            requireWithin(number);
            return type == int.class ? (Object) Math.toIntExact(number) : (Object) number;
        } else if (type == Secret.class) {
            requireRandom(text);
            return new Secret(text);
        } else if (type.isEnum()) {
            return constant(type, text.strip());
        } else if (type == List.class) {
            return elements(text).toList();
        } else if (type == Set.class && element != null) {
            return new LinkedHashSet<>(
                    elements(text).map(name -> constant(element, name)).toList());
        }
        requireWithin(text.length());
        return type == Path.class ? Path.of(text) : text;
    }

    private boolean isNumber() {
        return type == int.class || type == long.class;
    }

    private String range() {
        return within == null ? "" : " of " + within.min() + " to " + within.max();
    }

    private void requireWithin(long number) {
        require(within == null || (within.min() <= number && number <= within.max()));
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(path + " must be " + allowed());
        }
    }

    private void requireRandom(String text) {
        if (random && !text.isEmpty()) {
            KeyRules.fault(text).ifPresent(fault -> {
                throw new InvalidSettingException(
                        path, "empty or random, and this one " + fault + ". Make one with: openssl rand -base64 32");
            });
        }
    }

    private static void collect(String prefix, Class<?> tree) {
        for (RecordComponent component : tree.getRecordComponents()) {
            if (component.getType().isRecord()) {
                collect(prefix(prefix, component), component.getType());
            } else {
                ConfigKey key = of(prefix, component);
                ALL.put(key.path(), key);
            }
        }
    }

    private static @Nullable Class<?> element(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getActualTypeArguments()[0] : null;
    }

    private static Stream<String> elements(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(element -> !element.isEmpty());
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(joining(", "));
    }
}
