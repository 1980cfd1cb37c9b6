package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parlance.testing.Database;
import chat.parlance.testing.Documents;
import chat.parlance.testing.NodeProcess;
import chat.parlance.testing.Ports;
import chat.parlance.testing.Rest;
import chat.parlance.testing.Shell;
import chat.parlance.testing.TestConfig;
import chat.parlance.websocket.DrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in the environments in which it is started, and the unit of systemd, whose command and variables are taken. */
@Timeout(120)
final class LauncherIT {

    private static final String UNIT = "packaging/parlance.service";
    private static final String INSTALLED = "/opt/parlance";
    private static final String DATA = "/var/lib/parlance";

    /** First version of systemd that judges the security of a file. */
    private static final int OFFLINE_SECURITY = 250;

    /** Limit of the exposure by systemd-analyze security, in tenths. */
    private static final int MOST_EXPOSED = 20;

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("a home with blanks"));
        for (Path open : List.of(folder, home)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.copy(Path.of("parlance"), home.resolve("parlance"));
        Shell.run(List.of("chmod", "755", home.resolve("parlance").toString()));
    }

    /** No HOME, no PATH, a user without rights; and a new jar in the place of the one from which the node runs. */
    @Test
    void shouldServeFromTheUnitsCommandInACleanEnvironmentWhileItsJarIsReplaced() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root becomes another user");
        install();
        Path data = Files.createDirectory(folder.resolve("state of it"));
        Shell.run(List.of("chmod", "700", data.toString()));
        Shell.run(List.of("chown", "nobody", data.toString()));
        int port = Ports.free();
        List<String> way = new ArrayList<>(List.of(
                "setpriv", "--reuid=nobody", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "env", "-i"));
        unit("Environment").forEach(variable -> way.add(variable.replace(DATA, data.toString())));
        way.add("PARLANCE_HTTP_PORT=" + port);
        way.add("PARLANCE_MANAGEMENT_PORT=0");
        way.add("PARLANCE_PORT=tcp://10.96.0.7:8080");
        for (String word : List.of(unit("ExecStart").getFirst().split(" "))) {
            way.add(word.replace(INSTALLED, home.toString()));
        }
        try (NodeProcess node =
                NodeProcess.startCommandAt(way, "127.0.0.1:" + port).awaitReady()) {
            assertThat(NodeProcess.unusual(node.lines()))
                    .singleElement()
                    .asString()
                    .contains(" INFO ", "PARLANCE_PORT");
            Path fresh = Files.writeString(folder.resolve("fresh.jar"), "of another build");
            Path jar = home.resolve("target/parlance.jar");
            Shell.run(List.of("src/build/replace", fresh.toString(), jar.toString()));
            assertThat(jar).hasContent("of another build");
            // Needs classes and files that were not loaded before.
            Rest alice = Rest.logIn(node.address(), "alice");
            assertThat(alice.post("/rooms", Map.of("roomId", "launched")).statusCode())
                    .isEqualTo(201);
            assertThat(alice.get("/search?q=nothing").statusCode()).isEqualTo(200);
            assertThat(Shell.run(List.of("curl", "-sf", "http://" + node.address() + "/api/")))
                    .contains("swagger");
            node.stop();
            assertThat(node.exitCode()).isEqualTo(143);
            assertThat(node.allLines()).last().asString().contains(" INFO ", "Stopped");
        }
    }

    @Test
    void shouldPassTheChecksOfSystemd() throws IOException {
        assumeTrue(isThere("systemd-analyze"), "there is no systemd-analyze");
        Path unit = folder.resolve("parlance.service");
        String launcher = Path.of("parlance").toAbsolutePath().toString();
        Files.writeString(
                unit, Documents.read(UNIT).replace("ExecStart=" + INSTALLED + "/parlance", "ExecStart=" + launcher));
        assertThat(Shell.run(List.of("systemd-analyze", "verify", unit.toString())))
                .isEmpty();
        int version = Integer.parseInt(Shell.run("systemd-analyze --version").split("[ \\n]", 3)[1]);
        assumeTrue(version >= OFFLINE_SECURITY, "systemd-analyze cannot judge a unit that is not loaded");
        Shell.run(List.of(
                "systemd-analyze",
                "security",
                "--no-pager",
                "--offline=true",
                "--threshold=" + MOST_EXPOSED,
                unit.toString()));
    }

    @Test
    void shouldGiveTheDrainTheTimeThatItNeeds() {
        int seconds = Integer.parseInt(unit("TimeoutStopSec").getFirst());
        DrainSettings drain = TestConfig.load(List.of(), Map.of()).drain();
        assertThat(seconds * 1000).isGreaterThan(drain.unreadyMs() + drain.timeoutMs() + 10_000);
    }

    /**
     * Runs the launcher's own Maven command on sources without a jar, in a clean environment, but for its last phase: compiling
     * all again would take a minute. It chooses the JDK, runs the bundler on it and describes the build.
     */
    @Test
    void shouldBuildItsSourcesByTheMavenAndTheJavaThatItFinds() throws Exception {
        copySources();
        Path maven = Path.of(Shell.run(List.of("bash", "-c", "command -v mvn")));
        fakeMaven("""
            echo "$JAVA_HOME" > java-home
            if ! %s "${@/package/process-resources}" -o; then exit 1; fi
            cp '%s' target/parlance.jar
            ln -s '%s' target/lib
            """.formatted(maven, jar(), jar().resolveSibling("lib")));
        Process process = launch("--version");
        String output = NodeProcess.outputOf(process);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).startsWith("parlance: building").contains("\nschema ");
        assertThat(Files.readString(home.resolve("target/classes/build.properties")))
                .contains("\nschema=" + Database.schemaVersion());
        assertThat(home.resolve("target/classes/page/index.html")).exists();
        Path java = Path.of(Files.readString(home.resolve("java-home")).strip());
        assertThat(Shell.run(List.of(java.resolve("bin/javac").toString(), "-version")))
                .matches("javac (2[5-9]|[3-9]\\d).*");
    }

    @Test
    void shouldEndItsBuildWhenItIsStopped() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "");
        for (String part : List.of("src/main", "src/build/bundle", "conf")) {
            Files.createDirectories(home.resolve(part));
        }
        fakeMaven("""
            sleep 600 &
            echo $! > child
            wait
            """);
        Process process = launch("start");
        Path child = home.resolve("child");
        while (!Files.exists(child) || Files.readString(child).isBlank()) {
            assertThat(process.isAlive()).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        ProcessHandle forked = ProcessHandle.of(
                        Long.parseLong(Files.readString(child).strip()))
                .orElseThrow();
        process.toHandle().destroy();
        assertThat(process.waitFor()).isEqualTo(143);
        // One that has ended stays until its new parent asks for its exit code, without a command line.
        while (forked.info().commandLine().isPresent()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(home.resolve("target/parlance.jar")).doesNotExist();
    }

    @Test
    void shouldSayWhyItCannotBuild() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "");
        fakeMaven("echo no such plugin; exit 1");
        for (String part : List.of("src/main", "src/build/bundle", "conf")) {
            Files.createDirectories(home.resolve(part));
        }
        Process process = launch("start");
        assertThat(NodeProcess.outputOf(process)).contains("no such plugin", "the build failed", "target/build.log");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** As the release will: the jar and its libraries beside the launcher. */
    private void install() {
        Path target = home.resolve("target");
        Shell.run(List.of("mkdir", target.toString()));
        Shell.run(List.of("cp", jar().toString(), target.toString()));
        Shell.run(List.of("cp", "-r", jar().resolveSibling("lib").toString(), target.toString()));
    }

    private void copySources() {
        Shell.run(List.of("cp", "-r", "pom.xml", ".mvn", "conf", home.toString()));
        Shell.run(List.of(
                "mkdir",
                "-p",
                home.resolve("src").toString(),
                home.resolve("target/classes").toString()));
        Shell.run(
                List.of("cp", "-r", "src/build", "src/main", home.resolve("src").toString()));
        // The bundler finds that nothing has changed.
        Shell.run(
                List.of("cp", "-r", "target/page.sha256", home.resolve("target").toString()));
        Shell.run(List.of(
                "cp",
                "-r",
                "target/classes/page",
                home.resolve("target/classes").toString()));
    }

    /** Puts a command called mvn first on the path. */
    private void fakeMaven(String script) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), "#!/usr/bin/env bash\n" + script);
        Shell.run(List.of("chmod", "755", mvn.toString()));
    }

    private Process launch(String command) throws IOException {
        return new ProcessBuilder(
                        "env",
                        "-i",
                        "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"),
                        home.resolve("parlance").toString(),
                        command)
                .redirectErrorStream(true)
                .start();
    }

    private static Path jar() {
        return Path.of(System.getProperty("parlance.jar"));
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(bin -> Files.isExecutable(Path.of(bin, program)));
    }

    /** Values of a setting of the unit. */
    private static List<String> unit(String setting) {
        return Pattern.compile("(?m)^" + setting + "=(.*)$")
                .matcher(Documents.read(UNIT))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
