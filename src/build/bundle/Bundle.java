import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bundles the page, so that a node serves few and small files and builds need no Node.js: {@code java Bundle.java FOLDER
 * OUTPUT CLASS_PATH}, where the class path has the jars of the libraries.
 *
 * <p>No list names the files of the folder. The modules that the page's first file leads to become chunks, its style sheets
 * one file, its scripts a part of itself. Other style sheets, which parts load, and the texts of each language stay files of their own. Each other module at the top of the folder becomes one file with all that it needs,
 * under its own name, and all other files at the top are served as they are.
 */
final class Bundle {

    private static final String INDEX = "/index.html";
    private static final Path TOOL = Path.of("src/build/bundle");

    private final Sources sources;
    private final Output output;

    private Bundle(Sources sources, Output output) {
        this.sources = sources;
        this.output = output;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path target = Path.of(args[1]);
        try (URLClassLoader jars = new URLClassLoader(jars(args[2]))) {
            Sources sources = new Sources(folder, jars);
            // Outside of the classes, which go into the jar.
            Path made = target.getParent().resolveSibling("page.sha256");
            String inputs = digest(folder, sources);
            if (Files.exists(target.resolve(Output.LIST))
                    && Files.exists(made)
                    && Files.readString(made).equals(inputs)) {
                return;
            }
            delete(target);
            new Bundle(sources, new Output(target)).write(folder);
            // A resource for the node.
            Files.writeString(
                    target.resolveSibling("emoji.txt"), sources.emoji().text());
            Files.writeString(made, inputs);
        }
    }

    private void write(Path folder) throws IOException {
        Index index = new Index(sources.text(INDEX));
        String style = output.writeImmutable(
                "style",
                ".css",
                StyleSheet.shorten(index.styles().stream().map(sources::text).collect(Collectors.joining("\n"))));
        for (String path : sources.styles()) {
            if (!index.styles().contains(path)) {
                output.write(path, StyleSheet.shorten(sources.text(path)));
            }
        }
        writeChunks(index, style);
        for (Map.Entry<String, String> library : sources.libraries().entrySet()) {
            output.writeUnlisted(library.getKey(), library.getValue());
        }
        for (String path : top(folder)) {
            if (!path.endsWith(".js")) {
                output.write(path, Files.readAllBytes(folder.resolve(path.substring(1))));
            } else if (!path.equals(index.entry()) && !index.scripts().contains(path)) {
                writeAlone(path);
            }
        }
        output.finish();
    }

    private void writeChunks(Index index, String style) throws IOException {
        List<Chunks.Chunk> chunks = Chunks.of(sources, index.entry(), index.early());
        Map<String, Linker.Linked> linked = new Linker(sources).link(chunks);
        Map<String, String> hashed = new LinkedHashMap<>();
        for (Chunks.Chunk chunk : chunks) {
            Linker.Linked file = linked.get(chunk.name());
            hashed.put("/assets/" + chunk.name() + ".js", writeWithMap(chunk.name(), file));
        }
        Map<String, String> chunkOf = new LinkedHashMap<>();
        chunks.forEach(chunk ->
                chunk.modules().forEach(path -> chunkOf.put(path, hashed.get("/assets/" + chunk.name() + ".js"))));
        chunkOf.putAll(writeTexts());
        output.write(
                INDEX,
                index.bundled(style, path -> new Linker(sources).linkAlone(path).source(), hashed, chunkOf::get));
    }

    /** Writes the texts of each language. @return their paths by those in the folder */
    private Map<String, String> writeTexts() throws IOException {
        Map<String, String> hashed = new LinkedHashMap<>();
        for (String path : sources.texts()) {
            String name = path.replaceAll(".*/|\\.json$", "");
            hashed.put(
                    path,
                    output.writeImmutable(name, ".json", sources.text(path).replaceAll("\n\\s*", "")));
        }
        return hashed;
    }

    private String writeWithMap(String name, Linker.Linked file) throws IOException {
        String map = output.writeImmutable(name, ".js.map", file.map());
        return output.writeImmutable(
                name, ".js", file.source() + "\n//# sourceMappingURL=" + map.replaceAll(".*/", "") + "\n");
    }

    private void writeAlone(String path) throws IOException {
        Linker.Linked file = new Linker(sources).linkAlone(path);
        output.write(path + ".map", file.map());
        output.write(path, file.source() + "\n//# sourceMappingURL=" + path.substring(1) + ".map\n");
    }

    private static List<String> top(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + file.getFileName())
                    .filter(path -> !path.equals(INDEX))
                    .sorted()
                    .toList();
        }
    }

    /** Digest of all inputs of the output, with the bundler itself. */
    private static String digest(Path folder, Sources sources) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(sources.libraries().toString().getBytes(StandardCharsets.UTF_8));
        for (Path root : List.of(folder, TOOL)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.writeBytes(file.toString().getBytes(StandardCharsets.UTF_8));
                    all.writeBytes(Files.readAllBytes(file));
                }
            }
        }
        return Output.sha256(all.toByteArray());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static URL[] jars(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(jar -> {
                    try {
                        return Path.of(jar).toUri().toURL();
                    } catch (MalformedURLException impossible) {
                        throw new IllegalArgumentException(impossible);
                    }
                })
                .toArray(URL[]::new);
    }
}
