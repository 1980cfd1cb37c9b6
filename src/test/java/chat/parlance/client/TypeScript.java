package chat.parlance.client;

import chat.parlance.testing.NodeJs;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** TypeScript's compiler, from its jar. */
final class TypeScript {

    private static final String VERSION_FOLDERS = "/META-INF/resources/webjars/typescript";

    private TypeScript() {}

    static void unpack(Path folder) throws IOException {
        URL versions = Objects.requireNonNull(TypeScript.class.getResource(VERSION_FOLDERS));
        Path jar = Path.of(
                ((JarURLConnection) versions.openConnection()).getJarFileURL().getPath());
        try (FileSystem files = FileSystems.newFileSystem(jar);
                Stream<Path> listed = Files.list(files.getPath(VERSION_FOLDERS));
                Stream<Path> library =
                        Files.list(listed.findFirst().orElseThrow().resolve("lib"))) {
            for (Path file : library.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }

    /** @param folder where it was unpacked */
    static NodeJs.Outcome run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("tsc.js").toString()));
        command.addAll(List.of(arguments));
        return NodeJs.runCommand(command, "");
    }
}
