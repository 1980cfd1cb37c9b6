package chat.parlance.page;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.Map;

/**
 * Traffic of a page on the wire, bodies and headers, by the Chrome DevTools Protocol. WebSockets and cached files are
 * not counted.
 */
final class Wire {

    /**
     * Network as the developer tools of Chromium emulate it.
     *
     * @param latencyMs added to each request
     */
    record Network(double latencyMs, double bytesPerSecond) {
        static final Network FAST_3G = new Network(562.5, 1.6 * 1024 * 1024 / 8 * 0.9);
        static final Network SLOW_3G = new Network(2_000, 500.0 * 1024 / 8 * 0.8);
    }

    private final CDPSession protocol;
    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, Double> sentMs = new HashMap<>();
    private final Map<String, Long> finished = new HashMap<>();

    private Wire(CDPSession protocol) {
        this.protocol = protocol;
    }

    /** Counts from now on. */
    static Wire of(Page page) {
        Wire wire = new Wire(page.context().newCDPSession(page));
        wire.protocol.on("Network.requestWillBeSent", event -> {
            String request = event.get("requestId").getAsString();
            wire.urls.put(request, event.getAsJsonObject("request").get("url").getAsString());
            wire.sentMs.put(request, event.get("wallTime").getAsDouble() * 1_000);
        });
        wire.protocol.on(
                "Network.loadingFinished",
                event -> wire.finish(
                        event.get("requestId").getAsString(),
                        event.get("encodedDataLength").getAsLong()));
        wire.protocol.send("Network.enable");
        return wire;
    }

    /** Also disables the cache. */
    Wire slowedTo(Network network) {
        JsonObject cache = new JsonObject();
        cache.addProperty("cacheDisabled", true);
        protocol.send("Network.setCacheDisabled", cache);
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", network.latencyMs());
        conditions.addProperty("downloadThroughput", network.bytesPerSecond());
        conditions.addProperty("uploadThroughput", network.bytesPerSecond());
        protocol.send("Network.emulateNetworkConditions", conditions);
        return this;
    }

    /**
     * Forgets requests that were sent later.
     *
     * @param epochMs milliseconds since 1970, as {@code Date.now()} in the page
     */
    void keepUntil(double epochMs) {
        urls.keySet().removeIf(request -> sentMs.getOrDefault(request, 0.0) > epochMs);
        finished.keySet().retainAll(urls.keySet());
    }

    /** Counts a finished request; a cached answer was not on the wire. */
    private void finish(String request, long bytes) {
        if (bytes == 0) {
            urls.remove(request);
        } else {
            finished.put(request, bytes);
        }
    }

    /** Addresses of all sent requests, with the bytes of their answers so far. */
    Map<String, Long> requests() {
        Map<String, Long> requests = new HashMap<>();
        urls.forEach((id, url) -> requests.merge(url, finished.getOrDefault(id, 0L), Long::sum));
        return requests;
    }

    int count() {
        return urls.size();
    }

    long bytes() {
        return finished.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isIdle() {
        return finished.keySet().containsAll(urls.keySet());
    }
}
