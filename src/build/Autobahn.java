import java.util.List;
import org.python.core.PyList;
import org.python.util.PythonInterpreter;

/**
 * Runs the fuzzing client of the Autobahn test suite against one server. The suite is Python 2 in a jar and runs on Jython,
 * in a JVM of its own because it runs an event loop that cannot be started twice. {@code AutobahnIT} starts it with the
 * two jars on the class path.
 */
final class Autobahn {

    private Autobahn() {}

    /** @param arguments URL of the server, folder for the reports, then the cases, such as {@code 7.*} */
    public static void main(String... arguments) {
        try (PythonInterpreter python = new PythonInterpreter()) {
            python.set("url", arguments[0]);
            python.set("reports", arguments[1]);
            python.set("cases", new PyList(List.of(arguments).subList(2, arguments.length)));
            python.exec("""
                from autobahntestsuite import wstest
                wstest.start({'mode': 'fuzzingclient'}, {
                    'options': {'failByDrop': False},
                    'outdir': reports,
                    'servers': [{'agent': 'parlance', 'url': url, 'options': {'version': 18}}],
                    'cases': cases,
                    'exclude-cases': [],
                    'exclude-agent-cases': {}})
                """);
        }
    }
}
