package chat.parlance.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * Build of this program, as {@code src/build/describe-build} wrote it down.
 *
 * @param commit empty when it is not known
 * @param changed whether sources differ from the commit
 * @param time of the commit, so that two builds of it are equal; empty when it is not known
 * @param schema version of the schema that it makes of a database
 * @param migrations names of the files that make it, in their order
 */
public record Build(String version, String commit, boolean changed, String time, int schema, List<String> migrations) {

    private static final String RESOURCE = "/build.properties";
    private static final String UNKNOWN = "unknown";

    public Build {
        migrations = List.copyOf(migrations);
    }

    public static Build load() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(Build.class.getResourceAsStream(RESOURCE))) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Build(
                properties.getProperty("version"),
                properties.getProperty("commit"),
                Boolean.parseBoolean(properties.getProperty("changed")),
                properties.getProperty("time"),
                Integer.parseInt(properties.getProperty("schema")),
                List.of(properties.getProperty("migrations").split(" ")));
    }

    /** Lines of {@code parlance --version}. */
    public String describe() {
        return """
            parlance %s
            commit   %s%s
            built    %s
            java     %s (%s)
            schema   %d\
            """.formatted(
                        version,
                        commit.isEmpty() ? UNKNOWN : commit,
                        changed ? ", with changes that are not committed" : "",
                        time.isEmpty() ? UNKNOWN : time,
                        Runtime.version(),
                        System.getProperty("java.vendor"),
                        schema);
    }
}
