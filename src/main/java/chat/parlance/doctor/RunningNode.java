package chat.parlance.doctor;

import chat.parlance.http.ListenAddress;
import chat.parlance.operations.ManagementSettings;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A running node, as its management port describes it.
 *
 * @param address of the management port
 * @param ready true when it serves clients
 * @param members of its cluster; empty when it has none
 * @param metrics all of them, in Prometheus's format
 */
record RunningNode(String address, boolean ready, List<Member> members, String metrics) {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;

    /** A member of the cluster. */
    record Member(String name, String address, boolean self, boolean heard) {}

    RunningNode {
        members = List.copyOf(members);
    }

    /** Asks the management port of a configuration; empty when no node answers there. Blocks. */
    static Optional<RunningNode> find(ManagementSettings management) {
        String host = ListenAddress.isWildcard(management.host()) ? "127.0.0.1" : management.host();
        String address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + management.port();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build()) {
            boolean ready = client.send(request(address + "/health/ready"), BodyHandlers.discarding())
                            .statusCode()
                    == OK;
            JsonObject cluster = new JsonObject(client.send(request(address + "/cluster"), BodyHandlers.ofString())
                    .body());
            String metrics = client.send(request(address + "/metrics"), BodyHandlers.ofString())
                    .body();
            return Optional.of(new RunningNode(address, ready, members(cluster), metrics));
        } catch (IOException | DecodeException | ClassCastException noNode) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static HttpRequest request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(TIMEOUT).build();
    }

    private static List<Member> members(JsonObject cluster) {
        return cluster.getJsonArray("members", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(member -> new Member(
                        member.getString("name", ""),
                        member.getString("address", ""),
                        member.getBoolean("self", false),
                        member.getBoolean("heard", false)))
                .toList();
    }

    /** Value of a metric, over all its labels. */
    OptionalDouble metric(String name) {
        double[] values = metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(DoubleStream.of(values).sum());
    }
}
