package chat.parlance.auth;

import chat.parlance.setting.RandomKey;
import chat.parlance.setting.Secret;
import chat.parlance.setting.Unwrapped;
import chat.parlance.setting.Within;
import java.time.Duration;

/** Section {@code auth}. */
public record AuthSettings(
        @RandomKey Secret key,
        @Within(min = 1, max = 255) String issuer,
        @Unwrapped Lifetimes lifetimes,
        @Unwrapped Hashing hashing,
        @Unwrapped LogIns logIns,
        @Within(min = 100, max = 86_400_000) int sweepIntervalMs) {

    /** Excess of the time that revoked sessions are remembered, for clocks that are wrong by an hour. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    /** Lifetimes of tokens. */
    public record Lifetimes(
            @Within(min = 1, max = MAX_ACCESS_TOKEN_SECONDS) int accessTokenSeconds,
            @Within(min = 1, max = 365) int refreshTokenDays,
            @Within(min = 0, max = 60) int refreshGraceSeconds) {

        static final int MAX_ACCESS_TOKEN_SECONDS = 600;

        public Duration refreshToken() {
            return Duration.ofDays(refreshTokenDays);
        }

        Duration refreshGrace() {
            return Duration.ofSeconds(refreshGraceSeconds);
        }
    }

    /** Cost of a hash, see OWASP ASVS 5, 11.4, and limits of the queue; one address gets half of the queue at most. */
    public record Hashing(
            @Within(min = 19_456, max = 4_194_304) int argon2MemoryKib,
            @Within(min = 2, max = 100) int argon2Iterations,
            @Within(min = 0, max = 10_000) int hashQueue,
            @Within(min = 1, max = 10_000) int hashesPerConnection) {}

    /** Limits of failed log-ins, and of the sessions that log-ins open. */
    public record LogIns(
            @Within(min = 1, max = 1_000) int maxFailures,
            @Within(min = 1, max = 86_400) int failureWindowSeconds,
            @Within(min = 1, max = 10_000) int maxSessions) {}

    /** Time that revoked sessions are remembered: as long as their tokens may be valid. */
    public Duration revocationsKept() {
        return Duration.ofSeconds(lifetimes.accessTokenSeconds()).plus(CLOCK_SKEW);
    }
}
