package chat.parlance.limit;

import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;

/** Section {@code limits}. */
public record LimitSettings(
        boolean enabled,
        @Unwrapped Messages messages,
        @Unwrapped Excess excess,
        @Unwrapped Connections connections,
        @Within(min = 1, max = 1_000_000) int userRooms,
        @Unwrapped Requests requests,
        @Unwrapped Handshakes handshakes,
        @Unwrapped Accounts accounts) {

    /** Rates of messages over one connection, and of one user over all nodes. */
    public record Messages(
            @Within(min = 1, max = 1_000_000) int connectionPerSecond,
            @Within(min = 1, max = 1_000_000) int connectionBurst,
            @Within(min = 1, max = 1_000_000) int userPerSecond,
            @Within(min = 1, max = 1_000_000) int userBurst) {

        Rate connection() {
            return Rate.perSecond(connectionPerSecond, connectionBurst);
        }

        Rate user() {
            return Rate.perSecond(userPerSecond, userBurst);
        }
    }

    /** Limits of what a connection sends beyond its rate: refused requests, and the wait of a line. */
    public record Excess(
            @Within(min = 1, max = 1_000_000) int maxRefusals,
            @Within(min = 0, max = 600_000) int lineWaitMs) {}

    /** Limits of open connections on a node: of one user, of the public port, of one address, and without a log-in. */
    public record Connections(
            @Within(min = 1, max = 1_000_000) int userConnections,
            @Within(min = 1, max = 1_000_000) int connections,
            @Within(min = 1, max = 1_000_000) int addressConnections,
            @Within(min = 1, max = 1_000_000) int unprovenConnections) {}

    /** Rates of HTTP requests from one address: to the REST interface, and all others. */
    public record Requests(
            @Within(min = 1, max = 1_000_000) int addressPerSecond,
            @Within(min = 1, max = 1_000_000) int addressBurst,
            @Within(min = 1, max = 1_000_000) int filesPerSecond,
            @Within(min = 1, max = 1_000_000) int filesBurst) {

        Rate rest() {
            return Rate.perSecond(addressPerSecond, addressBurst);
        }

        Rate files() {
            return Rate.perSecond(filesPerSecond, filesBurst);
        }
    }

    /** Rate of WebSocket handshakes from one address, which count as requests for files too. */
    public record Handshakes(
            @Within(min = 1, max = 1_000_000) int handshakesPerSecond,
            @Within(min = 1, max = 1_000_000) int handshakeBurst) {

        Rate rate() {
            return Rate.perSecond(handshakesPerSecond, handshakeBurst);
        }
    }

    /** Rates of log-ins and new accounts from one address. */
    public record Accounts(
            @Within(min = 1, max = 1_000_000) int loginsPerMinute,
            @Within(min = 1, max = 1_000_000) int loginBurst,
            @Within(min = 1, max = 1_000_000) int registrationsPerHour,
            @Within(min = 1, max = 1_000_000) int registrationBurst) {

        Rate logIn() {
            return Rate.perMinute(loginsPerMinute, loginBurst);
        }

        Rate registration() {
            return Rate.perHour(registrationsPerHour, registrationBurst);
        }
    }

    /** Limit of the rooms of one user, without direct ones. */
    public int roomsOfUser() {
        return enabled ? userRooms : Integer.MAX_VALUE;
    }
}
