import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Files of the page's folder, and the modules of libraries that they import by a bare name. */
final class Sources {

    /**
     * File of a library in its jar, in a folder named after the version.
     *
     * @param base folder of all libraries in jars of that kind
     * @param end text that is added to the file
     */
    private record LibraryFile(String group, String artifact, String base, String file, String end) {

        static LibraryFile webJar(String artifact, String file) {
            return new LibraryFile("org.webjars.npm", artifact, "META-INF/resources/webjars/", file, "");
        }

        static LibraryFile mvnpm(String artifact, String file) {
            return new LibraryFile("org.mvnpm", artifact, "META-INF/resources/_static/", file, "");
        }

        /** A script that declares a variable, as a module whose default export is the variable. */
        static LibraryFile script(String artifact, String file, String variable) {
            return new LibraryFile(
                    "org.webjars",
                    artifact,
                    "META-INF/resources/webjars/",
                    file,
                    "\nexport default %s;\n".formatted(variable));
        }

        String read(ClassLoader jars) throws IOException {
            Properties properties = new Properties();
            try (InputStream in = open(jars, "META-INF/maven/" + group + "/" + artifact + "/pom.properties")) {
                properties.load(in);
            }
            try (InputStream in = open(jars, base + artifact + "/" + properties.getProperty("version") + "/" + file)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8) + end;
            }
        }

        private static InputStream open(ClassLoader jars, String name) {
            InputStream in = jars.getResourceAsStream(name);
            if (in == null) {
                throw new IllegalStateException("No library has the file " + name);
            }
            return in;
        }
    }

    /**
     * Libraries by the names by which modules import them. DOMPurify's small build is no module and sets a global; its module
     * is four times as large.
     */
    private static final Map<String, LibraryFile> LIBRARIES = Map.of(
            "preact", LibraryFile.webJar("preact", "dist/preact.module.js"),
            "preact/hooks", LibraryFile.webJar("preact", "hooks/dist/hooks.module.js"),
            "htm", LibraryFile.mvnpm("htm", "dist/htm.module.js"),
            "marked", LibraryFile.webJar("marked", "lib/marked.esm.js"),
            "dompurify", LibraryFile.mvnpm("dompurify", "dist/purify.min.js"),
            "highlight", LibraryFile.script("highlightjs", "highlight.min.js", "hljs"));

    /** Name by which modules import the {@link EmojiList}, like a library. */
    private static final String EMOJI_DATA = "emoji-data";

    private final Path folder;
    private final EmojiList emoji;
    private final Map<String, String> libraries = new LinkedHashMap<>();
    private final Map<String, Module> parsed = new LinkedHashMap<>();

    Sources(Path folder, URLClassLoader jars) throws IOException {
        this.folder = folder;
        for (String name : LIBRARIES.keySet().stream().sorted().toList()) {
            libraries.put(pathOf(name), LIBRARIES.get(name).read(jars));
        }
        emoji = EmojiList.read(jars);
        libraries.put(pathOf(EMOJI_DATA), emoji.module());
    }

    EmojiList emoji() {
        return emoji;
    }

    /** Paths of the libraries by the names by which modules import them. */
    static Map<String, String> libraryPaths() {
        Map<String, String> paths = new LinkedHashMap<>();
        // The longer name first: a resolver takes the first prefix.
        Stream.concat(LIBRARIES.keySet().stream(), Stream.of(EMOJI_DATA))
                .sorted((one, other) -> other.compareTo(one))
                .forEach(name -> paths.put(name, pathOf(name)));
        return paths;
    }

    private static String pathOf(String library) {
        return "/library/" + library.replace('/', '-') + ".js";
    }

    /** Contents of the libraries by their paths. */
    Map<String, String> libraries() {
        return libraries;
    }

    String text(String path) {
        try {
            String library = libraries.get(path);
            return library != null ? library : Files.readString(folder.resolve(path.substring(1)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Paths of the texts of each language but English, whose texts are modules. */
    List<String> texts() throws IOException {
        return list("words", ".json");
    }

    /** Paths of all style sheets. */
    List<String> styles() throws IOException {
        return list("style", ".css");
    }

    private List<String> list(String name, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> "/" + name + "/" + file.getFileName())
                    .filter(path -> path.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    Module module(String path) {
        return parsed.computeIfAbsent(path, unread -> Module.parse(path, text(path)));
    }

    /** Path of a module that another one imports. */
    static String resolve(Module from, String specifier) {
        if (specifier.startsWith(".")) {
            return URI.create(from.path()).resolve(specifier).getPath();
        }
        if (!libraryPaths().containsKey(specifier)) {
            throw new IllegalStateException(
                    from.path() + " imports " + specifier + ", which is no library of the page");
        }
        return pathOf(specifier);
    }

    /** A module and all its dependencies, dependencies first. */
    Set<String> needs(String path) {
        Set<String> ordered = new LinkedHashSet<>();
        collect(path, new LinkedHashSet<>(), ordered);
        return ordered;
    }

    private void collect(String path, Set<String> begun, Set<String> ordered) {
        if (begun.add(path)) {
            Module module = module(path);
            module.imports().forEach(specifier -> collect(resolve(module, specifier), begun, ordered));
            ordered.add(path);
        }
    }

    /** All names that a module exports, its own and those that it passes on. */
    Set<String> exports(String path) {
        Set<String> names = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(path));
        while (!open.isEmpty()) {
            Module module = module(open.pop());
            names.addAll(module.exports());
            module.passedOn().forEach(specifier -> open.push(resolve(module, specifier)));
        }
        return names;
    }
}
