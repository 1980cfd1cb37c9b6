package chat.parlance.config;

import chat.parlance.setting.InvalidSettingException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the tree of records from values by key, and collects the problem of each. */
final class ConfigBinder {

    private final Map<String, ConfigValue> values;
    private final List<String> problems = new ArrayList<>();

    /** @param values one for every key */
    ConfigBinder(Map<String, ConfigValue> values) {
        this.values = values;
    }

    /** @return null when there was a problem */
    @Nullable
    ParlanceConfig bind() {
        return (ParlanceConfig) bind(ParlanceConfig.class, "");
    }

    /** Problems, one a line, each with the place and the key, never with a secret. */
    List<String> problems() {
        return problems;
    }

    private @Nullable Object bind(Class<?> tree, String prefix) {
        RecordComponent[] components = tree.getRecordComponents();
        Object[] arguments = Arrays.stream(components)
                .map(component -> component.getType().isRecord()
                        ? bind(component.getType(), ConfigKey.prefix(prefix, component))
                        : parse(ConfigKey.of(prefix, component)))
                .toArray();
        return Arrays.asList(arguments).contains(null) ? null : construct(tree, components, arguments);
    }

    private @Nullable Object parse(ConfigKey key) {
        ConfigValue value = value(key.path());
        try {
            return key.parse(value.text());
        } catch (InvalidSettingException forbidden) {
            problems.add(problem(value, forbidden.allowed()));
            return null;
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            problems.add(problem(value, key.allowed()));
            return null;
        }
    }

    private @Nullable Object construct(Class<?> tree, RecordComponent[] components, Object[] arguments) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return tree.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof InvalidSettingException invalid) {
                problems.add(problem(value(invalid.key()), invalid.allowed()));
                return null;
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ConfigValue value(String path) {
        ConfigValue value = values.get(path);
        if (value == null) {
            throw new IllegalStateException("no default of " + path);
        }
        return value;
    }

    private static String problem(ConfigValue value, String allowed) {
        ConfigKey key = ConfigKey.all().get(value.key());
        String shown =
                key != null && key.isSecret() ? "" : " is " + (value.text().isEmpty() ? "empty" : value.text());
        return value.origin() + ": " + value.key() + shown + ", it must be " + allowed;
    }
}
