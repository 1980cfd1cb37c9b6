package chat.parlance;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The command line: help, errors and completion. */
final class ParlanceTest {

    private static final int COMPLETION_SECONDS = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--http.prot=1 | there is no flag --http.prot, did you mean --http.port?",
                "--prot 8081 | there is no flag --prot, did you mean --port?",
                "start --prot=8081 | there is no flag --prot, did you mean --port?",
                "--verison | there is no flag --verison, did you mean --version?",
                "--maxTextBytes=1 | there is no flag --maxTextBytes, did you mean --room.maxTextBytes?",
                "--verbose --port=1 | there is no flag --verbose, see parlance --help",
                "-port=1 | there is no flag -port, did you mean --port?",
                "--port | flag --http.port has no value, give it as --http.port=VALUE",
                "--data --port=1 | flag --data has no value, give it as --data=VALUE",
                "--data=here verify | flag --data stands before the command verify, and belongs after it",
                "strat | there is no command strat, did you mean start?",
                "backwards | there is no command backwards, see parlance --help",
                "verify now | unexpected argument now",
                "doctor --origin=chat.example.org | flag --origin is chat.example.org, give it as"
                        + " https://chat.example.org",
                "verify --jsn | there is no flag --jsn, did you mean --json?",
                "bench serch | there is no command serch, did you mean search?",
                "bench --clients=0 | Invalid value for option '--clients': it must be a whole number of 1 to 999999,"
                        + " and is 0",
                "bench flood --turns=10000 | Invalid value for option '--turns': it must be a whole number of 1 to"
                        + " 9999, and is 10000",
                "bench --address=127.0.0.1:1 --aotCache=file | a node that runs already leaves no --aotCache",
                "start --http.port=99999 | flag --http.port: http.port is 99999, it must be a whole number of 0 to"
                        + " 65535",
            })
    void shouldSayInOneLineWhatIsWrongAndWhatMayHaveBeenMeant(String arguments, String problem) {
        StringWriter errors = new StringWriter();
        int code = Parlance.line().setErr(new PrintWriter(errors)).execute(arguments.split(" "));
        assertThat(errors.toString().lines()).containsExactly("parlance: " + problem);
        assertThat(code).isEqualTo(ExitCode.USAGE.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "start --help", "help start"})
    void shouldExplainEachKeyInTheHelpOfTheStart(String arguments) {
        assertThat(help(arguments))
                .contains("--port, --http.port=8080", "PARLANCE_HTTP_PORT", "--postgres.uri=VALUE", "--config=FILE");
    }

    @Test
    void shouldExplainACommandByItsOwnFlags() {
        assertThat(help("--help")).contains("start", "bench", "verify", "completion", "help");
        assertThat(help("verify --help"))
                .contains("--json", "--data", "--postgres.uri", "0   sound")
                .doesNotContain("--http.port");
        assertThat(help("doctor --help"))
                .contains("--json", "--origin=URL", "--management.port", "0   no check failed")
                .doesNotContain("--http.port");
        assertThat(help("backup --help")).contains("FILE", "--passphraseFile", "--withoutKey", "--auth.key");
        assertThat(help("restore --help")).contains("FILE", "--passphraseFile").doesNotContain("--withoutKey");
        assertThat(help("bench --help")).contains("--clients=N", "Default: 1000", "search", "flood", "nodes");
        assertThat(help("bench search --help")).contains("--messages=N", "Default: 1000000");
        assertThat(help("--help").lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    /** In a real Bash, which {@code parlance completion} is for. */
    @ParameterizedTest
    @CsvSource({
        "'ver', verify",
        "'start --http.po', --http.port",
        "'bench se', search",
        "'bench search --mes', --messages",
        "'--postgres.u', --postgres.uri",
    })
    void shouldCompleteCommandsAndFlags(String typed, String expected) throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, AutoComplete.bash("parlance", Parlance.line()));
        List<String> words = List.of(("parlance " + typed).split(" "));
        String test = """
            source '%s'
            COMP_WORDS=(%s) COMP_CWORD=%d
            _complete_parlance
            printf '%%s\\n' "${COMPREPLY[@]}"
            """.formatted(script, String.join(" ", words), words.size() - 1);
        assertThat(bash(test).lines().map(String::strip)).contains(expected);
    }

    private static String help(String arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Parlance.line().setOut(new PrintWriter(out));
        assertThat(line.execute(arguments.split(" "))).isZero();
        return out.toString();
    }

    private static String bash(String script) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(COMPLETION_SECONDS, TimeUnit.SECONDS))
                .as(output)
                .isTrue();
        return output;
    }
}
