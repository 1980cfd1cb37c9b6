package chat.parlance.room;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Within;

/** Section {@code signal}: intervals between signals. */
public record SignalLimits(
        @Within(min = 1, max = 60_000) int readIntervalMs,
        @Within(min = 0, max = 60_000) int typingIntervalMs,
        @Within(min = 100, max = 60_000) int typingExpiresMs) {

    public SignalLimits {
        if (typingExpiresMs <= typingIntervalMs) {
            throw new InvalidSettingException("signal.typingExpiresMs", "more than signal.typingIntervalMs");
        }
    }
}
