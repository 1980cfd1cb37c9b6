package chat.parlance.persistence;

import chat.parlance.error.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a database is and who may use it, as {@code postgresql://user:password@host:port/database}.
 *
 * @param password may be empty
 */
public record PostgresUri(String user, String password, String host, int port, String database) {

    private static final int DEFAULT_PORT = 5432;

    /** @throws StartupException when it is not of that form; the message does not hold the password */
    public static PostgresUri parse(String text) {
        try {
            URI uri = new URI(text);
            String userInfo = uri.getRawUserInfo();
            boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (known
                    && uri.getHost() != null
                    && userInfo != null
                    && uri.getPath().length() > 1) {
                int colon = userInfo.indexOf(':');
                return new PostgresUri(
                        decode(colon < 0 ? userInfo : userInfo.substring(0, colon)),
                        colon < 0 ? "" : decode(userInfo.substring(colon + 1)),
                        uri.getHost(),
                        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                        decode(uri.getPath().substring(1)));
            }
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            throw new StartupException("postgres.uri is not postgresql://user:password@host:port/database");
        }
        throw new StartupException("postgres.uri is not postgresql://user:password@host:port/database");
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
