package chat.parlance.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parlance.error.StartupException;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Address of a database, with the user and the options of its connections: {@code
 * postgresql://user:password@host:port/database?parameter=value}. Both clients, the reactive one and JDBC, honour every
 * part of it.
 *
 * @param password may be empty
 * @param servers the possible servers; the primary among them is used
 */
public record PostgresUri(String user, String password, List<Server> servers, String database, Options options) {

    static final int DEFAULT_PORT = 5432;

    /** One address at which Postgres may run; the host of an IPv6 address has no brackets. */
    public record Server(String host, int port) {

        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Options of the connections.
     *
     * @param primary true when only a server that accepts writes is used
     * @param connectTimeoutMs 0 for the default of each client
     */
    public record Options(PostgresTls tls, boolean primary, String applicationName, int connectTimeoutMs) {

        static final Options DEFAULT = new Options(PostgresTls.NONE, false, "parlance", 0);
    }

    private static final int JDBC_CONNECT_TIMEOUT_MS = 5000;

    public PostgresUri {
        servers = List.copyOf(servers);
    }

    /** Address of one server, with the default options. */
    public PostgresUri(String user, String password, String host, int port, String database) {
        this(user, password, List.of(new Server(host, port)), database, Options.DEFAULT);
    }

    /**
     * Parses a URI; environment variables such as {@code PGHOST} are ignored.
     *
     * @throws StartupException when it is malformed, or has a parameter that is not honoured; the message does not hold
     *     the password
     */
    public static PostgresUri parse(String text) {
        return PostgresUriParser.parse(text);
    }

    /**
     * Opens a connection by JDBC. Blocks.
     *
     * @throws StartupException when a file of the URI cannot be read
     */
    Connection connect() throws SQLException {
        options.tls().check();
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    /** URL of the JDBC driver, without user and password. */
    public String jdbcUrl() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("ApplicationName", options.applicationName());
        parameters.put("connectTimeout", Integer.toString(jdbcConnectTimeoutSeconds()));
        options.tls().jdbcParameters().forEach(parameters::put);
        if (options.primary()) {
            parameters.put("targetServerType", "primary");
            // Otherwise the driver would take a promoted server for a standby for that long.
            parameters.put("hostRecheckSeconds", "0");
        }
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining(
                        "&", "jdbc:postgresql://" + serverList() + "/" + encode(database) + "?", ""));
    }

    /** Address without the password and the options. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + serverList() + "/" + database;
    }

    private int jdbcConnectTimeoutSeconds() {
        int milliseconds = options.connectTimeoutMs() == 0 ? JDBC_CONNECT_TIMEOUT_MS : options.connectTimeoutMs();
        return Math.ceilDiv(milliseconds, 1000);
    }

    private String serverList() {
        return servers.stream().map(Server::toString).collect(Collectors.joining(","));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
