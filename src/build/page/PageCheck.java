import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks the types, the rules and the format of the page's JavaScript and CSS, or repairs the format: {@code java
 * PageCheck.java check|apply TOOLS}. TOOLS is the folder of the tools' jars; each is unpacked there once. The Node.js
 * is that of Playwright, which the class path must have. A check of files that were checked before does nothing: TOOLS
 * keeps the digest of the last files, tools and rules without a complaint.
 */
final class PageCheck {

    /** Package of the linters within their jar: an archive with all that it needs. */
    private static final String LINTERS = "sonarjs-1.0.0.tgz";

    /** Files that are checked, and the rules. */
    private static final List<Path> INPUTS = List.of(
            Path.of("src/build/page"),
            Path.of("src/main/npm"),
            Path.of("src/main/resources/reference"),
            Path.of("src/main/resources/web"),
            Path.of("src/main/types"),
            Path.of("src/test/javascript"),
            Path.of(".editorconfig"),
            Path.of(".prettierrc.json"),
            Path.of("tsconfig.json"));

    private PageCheck() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path tools = Path.of(args[1]);
        Path passed = tools.resolve("passed.sha256");
        String digest = digest(tools);
        if (args[0].equals("check")
                && Files.exists(passed)
                && Files.readString(passed).equals(digest)) {
            System.out.println("JavaScript and CSS are as they were when they last passed.");
            return;
        }
        try (Stream<Path> files = Files.list(tools)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                unpackOnce(jar, tools);
            }
        }
        String node = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .getFirst();
        int failed = run(List.of(node, "src/build/page/check.mjs", args[0], tools.toString()));
        if (failed != 0) {
            System.exit(1);
        }
        if (args[0].equals("check")) {
            Files.writeString(passed, digest);
        }
    }

    /** Digest of the names and the bytes of all inputs, and of the names of the tools' jars, which have their versions. */
    private static String digest(Path tools) throws IOException {
        MessageDigest all = sha256();
        for (Path input : INPUTS) {
            for (Path file : files(input)) {
                all.update(file.toString().getBytes(StandardCharsets.UTF_8));
                all.update(sha256().digest(Files.readAllBytes(file)));
            }
        }
        try (Stream<Path> jars = Files.list(tools)) {
            jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .forEach(name -> all.update(name.getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private static List<Path> files(Path input) throws IOException {
        try (Stream<Path> walked = Files.walk(input)) {
            return walked.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** A new version has another name, and so is unpacked too. */
    private static void unpackOnce(Path jar, Path tools) throws IOException, InterruptedException {
        Path unpacked = tools.resolve(jar.getFileName() + ".unpacked");
        if (Files.exists(unpacked)) {
            return;
        }
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path linters = files.getPath(LINTERS);
            if (Files.exists(linters)) {
                Path archive = tools.resolve(LINTERS);
                Files.write(archive, Files.readAllBytes(linters));
                unpackLinters(archive, tools);
            } else {
                unpackLibraries(files.getPath("META-INF/resources"), tools);
            }
        }
        Files.createFile(unpacked);
    }

    private static void unpackLinters(Path archive, Path tools) throws IOException, InterruptedException {
        List<String> command = List.of(
                "tar",
                "-xzf",
                archive.toString(),
                "--strip-components=1",
                "--exclude=package/lib",
                "-C",
                tools.toString(),
                "package/node_modules");
        if (run(command) != 0) {
            throw new IOException("tar could not unpack " + archive);
        }
        Files.delete(archive);
    }

    /** Copies each library, KIND/NAME/VERSION in its jar, to libraries/NAME. */
    private static void unpackLibraries(Path resources, Path tools) throws IOException {
        List<Path> entries;
        try (Stream<Path> walked = Files.walk(resources)) {
            entries = walked.filter(Files::isRegularFile).toList();
        }
        for (Path entry : entries) {
            Path within = resources.relativize(entry);
            if (within.getNameCount() > 3) {
                Path target = tools.resolve("libraries")
                        .resolve(within.getName(1).toString())
                        .resolve(within.subpath(3, within.getNameCount()).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(entry));
            }
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(new ArrayList<>(command)).inheritIO().start().waitFor();
    }
}
