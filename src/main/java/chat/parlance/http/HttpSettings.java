package chat.parlance.http;

import chat.parlance.setting.AddressRange;
import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Within;
import java.util.List;
import java.util.Set;

/** Section {@code http}. */
public record HttpSettings(
        @Within(min = 1, max = 255) String host,
        @Within(min = 0, max = 65_535) int port,
        List<String> allowedOrigins,
        List<String> trustedProxies,
        @Within(min = 1_024, max = 16_777_216) int maxBodyBytes,
        @Within(min = 100, max = 600_000) int requestTimeoutMs,
        @Within(min = 1, max = 3_600) int idleTimeoutSeconds) {

    public HttpSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
        if (!trustedProxies.stream().allMatch(HttpSettings::isRange)) {
            throw new InvalidSettingException(
                    "http.trustedProxies", "addresses such as 10.0.0.1, 172.18.*.* or 10.0.0.0/8, or connected");
        }
        if (!allowedOrigins.stream().allMatch(HttpSettings::isOrigin)) {
            throw new InvalidSettingException(
                    "http.allowedOrigins",
                    "origins as browsers send them, such as https://chat.example.org: in lower case, without a"
                            + " path, a * or the default port");
        }
    }

    private static boolean isRange(String text) {
        try {
            AddressRange.of(text);
            return true;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private static boolean isOrigin(String text) {
        return text.matches("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?")
                && !text.matches("http:.*:80|https:.*:443");
    }

    /** Origins whose pages may use the node. */
    public Origins origins() {
        return new Origins(Set.copyOf(allowedOrigins));
    }

    /** Addresses of clients behind the trusted proxies. */
    public ClientAddress addresses() {
        return new ClientAddress(trustedProxies);
    }

    /**
     * Rules for the connections of a server.
     *
     * @param listenHost address at which the server listens
     * @param maxRefusals refusals with 429 on one connection, less the other answers
     */
    public StrictServer.Rules rules(String listenHost, int maxRefusals) {
        return new StrictServer.Rules(
                new StrictServer.Timeouts(requestTimeoutMs, idleTimeoutSeconds),
                maxRefusals,
                Hosts.of(listenHost, allowedOrigins, addresses()));
    }

    /** The public port, with its keys. */
    public ListenAddress listenAddress() {
        return new ListenAddress("http.host", host, "http.port", port);
    }
}
