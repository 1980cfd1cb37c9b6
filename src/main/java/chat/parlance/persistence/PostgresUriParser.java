package chat.parlance.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.error.StartupException;
import chat.parlance.persistence.PostgresUri.Options;
import chat.parlance.persistence.PostgresUri.Server;
import java.net.URLDecoder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of {@code postgres.uri}. The form is libpq's. A parameter that is not honoured is refused by name, because an
 * ignored {@code sslmode} would mean a connection in plain text. No message contains anything that may be a part of the
 * password: a password with unescaped characters can look like a host, a database or a parameter.
 */
final class PostgresUriParser {

    private static final String FORM =
            "postgres.uri is not postgresql://user:password@host:port/database?parameter=value,"
                    + " with %XX for special characters in each part";

    /** Exactly one @, so that no part of a password is taken for a host or a parameter. */
    private static final Pattern URI =
            Pattern.compile("postgres(?:ql)?://(?<user>[^@:/?#\\s]+)(?::(?<password>[^@:/?#\\s]*))?"
                    + "@(?<servers>[^@/?#\\s]+)/(?<database>[^@/?#\\s]+)(?:\\?(?<parameters>[^@?#\\s]*))?");

    private static final Pattern SERVER =
            Pattern.compile("(?:\\[(?<address>[0-9A-Fa-f:.]+)]|(?<host>[A-Za-z0-9._-]+))(?::(?<port>[0-9]{1,5}))?");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");
    private static final Set<String> KNOWN = Set.of(
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "target_session_attrs",
            "application_name",
            "connect_timeout");

    /** Values for a server that accepts writes; every other value could lead to a standby. */
    private static final Set<String> PRIMARY = Set.of("read-write", "primary");

    private static final String SYSTEM_CERTIFICATES = "system";
    private static final int MAX_SERVERS = 16;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NAME_BYTES = 63;
    private static final int MAX_CONNECT_TIMEOUT_SECONDS = 60;
    private static final int SECOND_MS = 1000;

    private final Map<String, String> parameters;

    private PostgresUriParser(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static PostgresUri parse(String text) {
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            throw new StartupException(FORM);
        }
        List<Server> servers = servers(uri.group("servers"));
        PostgresUriParser parser = new PostgresUriParser(
                parameters(Optional.ofNullable(uri.group("parameters")).orElse("")));
        return new PostgresUri(
                decode(uri.group("user")),
                decode(Optional.ofNullable(uri.group("password")).orElse("")),
                servers,
                decode(uri.group("database")),
                parser.options(servers.size() > 1));
    }

    private static List<Server> servers(String text) {
        List<Server> servers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher server = SERVER.matcher(part);
            if (!server.matches()) {
                throw new StartupException(FORM);
            }
            int port = server.group("port") == null ? PostgresUri.DEFAULT_PORT : Integer.parseInt(server.group("port"));
            if (port < 1 || port > MAX_PORT) {
                throw new StartupException("postgres.uri has a port that is not 1 to " + MAX_PORT);
            }
            servers.add(
                    new Server(server.group("address") == null ? server.group("host") : server.group("address"), port));
        }
        if (servers.size() > MAX_SERVERS) {
            throw new StartupException("postgres.uri has more than " + MAX_SERVERS + " hosts");
        }
        return servers;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!NAME.matcher(name).matches()) {
                throw new StartupException(FORM);
            }
            if (!KNOWN.contains(name)) {
                throw new StartupException("postgres.uri has the parameter " + name
                        + ", which Parlance does not know; it knows "
                        + String.join(", ", KNOWN.stream().sorted().toList()));
            }
            if (equals < 0 || equals == part.length() - 1) {
                throw invalid(name, "a value");
            }
            if (parameters.put(name, decode(part.substring(equals + 1))) != null) {
                throw new StartupException("postgres.uri has the parameter " + name + " twice");
            }
        }
        return parameters;
    }

    private Options options(boolean severalServers) {
        String session = parameters.get("target_session_attrs");
        if (session != null && !PRIMARY.contains(session)) {
            throw invalid("target_session_attrs", "read-write or primary, for a node writes");
        }
        String name = parameters.getOrDefault("application_name", Options.DEFAULT.applicationName());
        if (!name.matches("[\\x20-\\x7E]+") || name.length() > MAX_NAME_BYTES) {
            throw invalid("application_name", "1 to " + MAX_NAME_BYTES + " printable ASCII characters");
        }
        return new Options(tls(), severalServers || session != null, name, connectTimeoutMs());
    }

    private int connectTimeoutMs() {
        String seconds = parameters.getOrDefault("connect_timeout", "");
        if (seconds.isEmpty()) {
            return Options.DEFAULT.connectTimeoutMs();
        }
        if (!seconds.matches("[0-9]{1,2}")
                || Integer.parseInt(seconds) < 1
                || Integer.parseInt(seconds) > MAX_CONNECT_TIMEOUT_SECONDS) {
            throw invalid("connect_timeout", "1 to " + MAX_CONNECT_TIMEOUT_SECONDS + " seconds");
        }
        return Integer.parseInt(seconds) * SECOND_MS;
    }

    private PostgresTls tls() {
        PostgresTls.Mode mode = mode(parameters.getOrDefault("sslmode", PostgresTls.Mode.DISABLE.value()));
        Optional<Path> certificate = file("sslcert");
        Optional<Path> key = file("sslkey");
        boolean system = SYSTEM_CERTIFICATES.equals(parameters.get("sslrootcert"));
        if (mode == PostgresTls.Mode.DISABLE
                && (parameters.containsKey("sslrootcert") || certificate.isPresent() || key.isPresent())) {
            throw invalid("sslmode", "require, verify-ca or verify-full, for it has certificates");
        }
        if (certificate.isPresent() != key.isPresent()) {
            throw new StartupException("postgres.uri needs sslcert and sslkey together");
        }
        if (mode.verifies() != parameters.containsKey("sslrootcert")) {
            throw mode.verifies()
                    ? invalid(
                            "sslrootcert",
                            "the file of the CA's certificates, or system for those that Java trusts,"
                                    + " with sslmode=" + mode.value())
                    : invalid("sslmode", "verify-ca or verify-full, for it has sslrootcert");
        }
        if (system && mode != PostgresTls.Mode.VERIFY_FULL) {
            throw invalid(
                    "sslmode",
                    "verify-full with sslrootcert=system, for anybody can have a certificate of a public CA");
        }
        return new PostgresTls(mode, system ? Optional.empty() : file("sslrootcert"), certificate, key);
    }

    private static PostgresTls.Mode mode(String value) {
        for (PostgresTls.Mode mode : PostgresTls.Mode.values()) {
            if (mode.value().equals(value)) {
                return mode;
            }
        }
        // Both fall back to plain text when TLS fails, without notice.
        throw invalid(
                "sslmode",
                value.equals("prefer") || value.equals("allow")
                        ? "disable, require, verify-ca or verify-full: " + value + " may fall back to plain text"
                        : "disable, require, verify-ca or verify-full");
    }

    private Optional<Path> file(String name) {
        try {
            return Optional.ofNullable(parameters.get(name)).map(Path::of);
        } catch (InvalidPathException malformed) {
            throw invalid(name, "the path of a file");
        }
    }

    private static StartupException invalid(String name, String expected) {
        return new StartupException("postgres.uri: " + name + " must be " + expected);
    }

    private static String decode(String part) {
        try {
            String decoded = URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
            if (decoded.indexOf('\0') < 0 && decoded.indexOf('\uFFFD') < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException malformed) {
            // The exception's message contains a part of the URI.
        }
        throw new StartupException(FORM);
    }
}
