package chat.parlance.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.Map;

/**
 * Work of a page's main thread, by the Chrome DevTools Protocol, on a processor that is slowed down. It is the thread's own time:
 * another program on the machine adds nothing to it.
 */
final class MainThread {

    /**
     * Work so far, or of a time.
     *
     * @param taskMs all tasks: scripts, style, layout, painting and the browser's own
     * @param scriptMs of these, scripts
     * @param layoutMs of these, style and layout
     */
    record Work(double taskMs, double scriptMs, double layoutMs) {

        Work minus(Work other) {
            return new Work(taskMs - other.taskMs, scriptMs - other.scriptMs, layoutMs - other.layoutMs);
        }
    }

    private final CDPSession protocol;

    private MainThread(CDPSession protocol) {
        this.protocol = protocol;
    }

    /** @param slowdown 4 for a processor with a quarter of the speed */
    static MainThread of(Page page, double slowdown) {
        MainThread thread = new MainThread(page.context().newCDPSession(page));
        JsonObject domain = new JsonObject();
        domain.addProperty("timeDomain", "threadTicks");
        thread.protocol.send("Performance.enable", domain);
        JsonObject rate = new JsonObject();
        rate.addProperty("rate", slowdown);
        thread.protocol.send("Emulation.setCPUThrottlingRate", rate);
        return thread;
    }

    Work soFar() {
        Map<String, Double> seconds = new HashMap<>();
        for (JsonElement metric : protocol.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject named = metric.getAsJsonObject();
            seconds.put(named.get("name").getAsString(), named.get("value").getAsDouble());
        }
        return new Work(
                seconds.getOrDefault("TaskDuration", 0.0) * 1e3,
                seconds.getOrDefault("ScriptDuration", 0.0) * 1e3,
                (seconds.getOrDefault("LayoutDuration", 0.0) + seconds.getOrDefault("RecalcStyleDuration", 0.0)) * 1e3);
    }
}
