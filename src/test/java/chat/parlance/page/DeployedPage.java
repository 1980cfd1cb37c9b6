package chat.parlance.page;

import chat.parlance.testing.Http;
import chat.parlance.testing.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bundled page in a folder that a node serves, so that a test can deploy another version. */
final class DeployedPage {

    private static final Path BUNDLE = Path.of("target/classes/page");
    private static final Path SOURCE = Path.of("src/main/resources/web/worker.js");
    private static final Pattern LIST = Pattern.compile("self\\.parlancePage=(.*);\\s*$");

    private final Path folder;

    /** Script of the worker as nodes serve it, with the list of the bundle's files. */
    private final String worker;

    private final String index;

    private DeployedPage(Path folder, String worker, String index) {
        this.folder = folder;
        this.worker = worker;
        this.index = index;
    }

    /** Deploys version 1 in a folder. */
    static DeployedPage in(Path folder) {
        try (Stream<Path> files = Files.walk(BUNDLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(BUNDLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            URI address = URI.create("http://" + TestNode.address() + "/worker.js");
            String worker = Http.send(HttpRequest.newBuilder(address).build()).body();
            DeployedPage page = new DeployedPage(folder, worker, Files.readString(folder.resolve("index.html")));
            page.deploy("1");
            return page;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Deploys a version, named in the first file. */
    void deploy(String version) {
        write("worker.js", script(list(version)));
    }

    /** Deploys a version that lacks some files of the one before. */
    void deployWithout(String version, String name) {
        JsonObject page = list(version);
        page.getJsonObject("files").getMap().keySet().removeIf(path -> path.matches(".*/" + name));
        delete(name);
        write("worker.js", script(page));
    }

    /** Deploys a version with a file that differs from its list. */
    void deployBroken(String version) {
        JsonObject page = list(version);
        page.getJsonObject("files").put("/mark.svg", digest("another"));
        write("worker.js", script(page));
    }

    /** Deletes a file. */
    void delete(String name) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches(name))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Deploys the worker of a folder with the page's modules. */
    void deployModules() {
        try {
            write("worker.js", Files.readString(SOURCE));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes the first file, which names the version, and lists the files. */
    private JsonObject list(String version) {
        String named = index.replaceFirst("<head>", "<head><meta name=\"version\" content=\"" + version + "\">");
        write("index.html", named);
        Matcher list = LIST.matcher(worker);
        if (!list.find()) {
            throw new AssertionError("The worker has no list");
        }
        JsonObject page = new JsonObject(list.group(1)).put("version", version);
        page.getJsonObject("files").put("/", digest(named));
        return page;
    }

    private String script(JsonObject page) {
        return LIST.matcher(worker).replaceFirst("") + "self.parlancePage=" + page.encode() + ";\n";
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String digest(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
