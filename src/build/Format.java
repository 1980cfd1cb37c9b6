import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks or repairs the format of every Java file below a directory: {@code java Format.java check|apply DIRECTORY}.
 *
 * <p>A program of its own because the formatter parses with the compiler of the JVM it runs in, which must know the
 * syntax of the sources; the Maven plugins that wrap it run in Maven's JVM, which may be older.
 */
final class Format {
    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Formatter formatter = Formatter.createFormatter(
                JavaFormatterOptions.builder().style(Style.PALANTIR).build());
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        List<String> complaints = sources.parallelStream()
                .flatMap(source -> format(formatter, source, apply).stream())
                .toList();
        complaints.forEach(IO::println);
        if (!complaints.isEmpty()) {
            IO.println(complaints.size() + " of " + sources.size()
                    + " Java files are not in the project's format. Repair: "
                    + "mvn -B validate exec:exec@format -Dformat=apply");
            System.exit(1);
        }
    }

    /** Problem of the source after the check or repair, if any. */
    private static Optional<String> format(Formatter formatter, Path source, boolean apply) {
        try {
            String before = Files.readString(source);
            String after = formatter.formatSourceAndFixImports(before);
            if (after.equals(before)) {
                return Optional.empty();
            }
            if (apply) {
                Files.writeString(source, after);
                return Optional.empty();
            }
            return Optional.of(source + ": not formatted");
        } catch (FormatterException e) {
            return Optional.of(source + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
