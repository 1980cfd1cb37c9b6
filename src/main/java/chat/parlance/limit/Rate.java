package chat.parlance.limit;

import java.time.Duration;

/**
 * Average number of times in a period, and the most at once.
 *
 * @param burst at least 1
 */
public record Rate(int times, Duration period, int burst) {

    public static Rate perSecond(int times, int burst) {
        return new Rate(times, Duration.ofSeconds(1), burst);
    }

    public static Rate perMinute(int times, int burst) {
        return new Rate(times, Duration.ofMinutes(1), burst);
    }

    public static Rate perHour(int times, int burst) {
        return new Rate(times, Duration.ofHours(1), burst);
    }
}
