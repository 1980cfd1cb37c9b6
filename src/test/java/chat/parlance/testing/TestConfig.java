package chat.parlance.testing;

import chat.parlance.auth.AuthSettings;
import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A configuration as a command line makes it. */
public final class TestConfig {

    /** Least memory that argon2 takes. */
    private static final int CHEAP_MEMORY_KIB = 8;

    private static final int CHEAP_ITERATIONS = 1;

    private TestConfig() {}

    /**
     * @param flags {@code --key=value} each
     * @param environment variables
     */
    public static ParlanceConfig load(List<String> flags, Map<String, String> environment) {
        ConfigFlags keys = new ConfigFlags();
        CommandSpec command = CommandSpec.create();
        keys.addTo(command);
        new CommandLine(command).setOverwrittenOptionsAllowed(true).parseArgs(flags.toArray(String[]::new));
        return ConfigLoader.load(keys, environment);
    }

    /**
     * The same configuration with password hashes that cost next to nothing, far below what the product allows: a quarter
     * of the CPU time of the tests' JVM went into the hashes of their log-ins.
     */
    static ParlanceConfig withCheapHashes(ParlanceConfig config) {
        AuthSettings.Hashing cheap = with(config.auth().hashing(), "argon2MemoryKib", CHEAP_MEMORY_KIB);
        AuthSettings auth = with(config.auth(), "hashing", with(cheap, "argon2Iterations", CHEAP_ITERATIONS));
        return with(config, "auth", auth);
    }

    /** Copy of a record with another value of one component. */
    private static <R extends Record> R with(R from, String name, Object value) {
        try {
            Class<?> type = from.getClass();
            RecordComponent[] components = type.getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getName().equals(name)
                        ? value
                        : components[i].getAccessor().invoke(from);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            @SuppressWarnings("unchecked")
            R copy = (R) type.getDeclaredConstructor(types).newInstance(values);
            return copy;
        } catch (ReflectiveOperationException failed) {
            throw new LinkageError("no copy of " + from, failed);
        }
    }
}
