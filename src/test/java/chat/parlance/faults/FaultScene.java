package chat.parlance.faults;

import chat.parlance.testing.ContractChecker;
import chat.parlance.testing.ContractClient;
import chat.parlance.testing.Rest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Access of a fault to the cluster, and the place for its findings. */
final class FaultScene {

    private static final int USERS = 10;
    private static final int OK = 200;
    private static final int CREATED = 201;

    /** Limit of refusals; each takes some seconds while Postgres recovers. */
    private static final int MAX_REFUSALS = 100;

    private record Loss(long fromNs, long toNs) {}

    private final Network network;
    private final FaultCluster cluster;
    private final Path folder;
    private final int slack;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, List<Long>> measures = new LinkedHashMap<>();
    private final List<String> misses = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final Map<String, List<ContractChecker.Send>> fillers = new LinkedHashMap<>();
    private PostgresProcess postgres;
    private List<Rest> users = List.of();
    private List<ContractClient> clients = List.of();
    private int node;
    private long struckNs;
    private long healedNs;

    /** @param slack factor by which everything may take longer than promised */
    FaultScene(Network network, FaultCluster cluster, PostgresProcess postgres, Path folder, int slack) {
        this.network = network;
        this.cluster = cluster;
        this.postgres = postgres;
        this.folder = folder;
        this.slack = slack;
    }

    FaultCluster cluster() {
        return cluster;
    }

    PostgresProcess postgres() {
        return postgres;
    }

    /** Makes another Postgres the primary. */
    void failedOverTo(PostgresProcess primary) {
        postgres = primary;
    }

    Network network() {
        return network;
    }

    /** Network namespaces, for faults that need them. */
    Namespaces namespaces() {
        return ((Network.Namespaced) network).namespaces();
    }

    /** Folder for files of the suite, on a disk. */
    Path folder() {
        return folder;
    }

    List<Rest> users() {
        return users;
    }

    /** Node to strike; another one each time. */
    int node() {
        return node;
    }

    /** The clients at work, in the order of {@link Load}. */
    List<ContractClient> clients() {
        return clients;
    }

    /** First node of a client. */
    int homeOf(int client) {
        long rooms = clients.stream().map(ContractClient::room).distinct().count();
        return Load.home(client, (int) rooms, cluster.size());
    }

    /** Number of acknowledged sends of the clients so far. */
    long acked() {
        return clients.stream().mapToLong(client -> client.sends().size()).sum();
    }

    long struckNs() {
        return struckNs;
    }

    long healedNs() {
        return healedNs;
    }

    /** Marks the start of the fault, after its preparation. */
    void struck() {
        struckNs = System.nanoTime();
        healedNs = struckNs;
    }

    /** Marks the end of the fault, from which recovery counts. */
    void healed() {
        healedNs = System.nanoTime();
    }

    /** Adds a note to the fault's line in the ledger. */
    void note(String text) {
        notes.add(text);
    }

    /**
     * Adds a figure to the fault's line in the ledger, which shows the median and the worst of all its times and runs.
     *
     * @param what name of the figure, with the unit
     */
    void measure(String what, long value) {
        measures.computeIfAbsent(what, first -> new ArrayList<>()).add(value);
    }

    /** Records a violation if something took longer than promised, with the slack of this run. */
    void requireWithin(long tookMs, long promisedMs, String what) {
        require(tookMs <= promisedMs * slack, "%s within %d ms, not %d".formatted(what, promisedMs * slack, tookMs));
    }

    /** Records a violation if something was more than promised, with the slack of this run. */
    void requireAtMost(double measured, double promised, String what) {
        require(measured <= promised * slack, "%s at most %.1f, not %.2f".formatted(what, promised * slack, measured));
    }

    /** Records if a target was met. */
    void require(boolean met, String target) {
        if (!met) {
            misses.add(target);
        }
    }

    /** Marks a time whose acknowledged sends may be lost. */
    void databaseWentBack(long fromNs, long toNs) {
        losses.add(new Loss(fromNs, toNs));
    }

    boolean hasLost() {
        return !losses.isEmpty();
    }

    /** True when an acknowledged send may be lost. */
    boolean mayBeLost(ContractChecker.Send send) {
        return losses.stream().anyMatch(loss -> send.answeredAt() >= loss.fromNs() && send.answeredAt() <= loss.toNs());
    }

    /** Posts to a room until it has that seq, as users other than the clients. */
    void fill(String room, long seq) {
        Rest user = users.getFirst();
        List<ContractChecker.Send> filled = fillers.computeIfAbsent(room, first -> new ArrayList<>());
        long head = 0;
        int refusals = 0;
        while (head < seq) {
            String id = room + "-filler-" + filled.size();
            long sentAt = System.nanoTime();
            HttpResponse<String> posted = user.post("/rooms/" + room + "/messages", Map.of("id", id, "text", "filler"));
            if (posted.statusCode() == CREATED || posted.statusCode() == OK) {
                head = new JsonObject(posted.body()).getLong("seq");
                filled.add(new ContractChecker.Send(id, head, sentAt, System.nanoTime()));
            } else if (++refusals > MAX_REFUSALS) {
                throw new AssertionError(posted.body());
            }
        }
    }

    /** Posts that filled a room. */
    List<ContractChecker.Send> fillers(String room) {
        return fillers.getOrDefault(room, List.of());
    }

    List<String> notes() {
        return notes;
    }

    Map<String, List<Long>> measures() {
        return measures;
    }

    List<String> misses() {
        return misses;
    }

    /** Starts a new fault. Its users log in anew, because a token does not last as long as the whole table. */
    void begin() {
        users = IntStream.range(0, USERS)
                .mapToObj(i -> Rest.logIn(cluster.addresses().getFirst(), "fault-" + i))
                .toList();
        notes.clear();
        measures.clear();
        misses.clear();
        losses.clear();
        fillers.clear();
        clients = List.of();
    }

    void atWork(List<ContractClient> those) {
        clients = those;
    }

    void strike(int time) {
        node = time % cluster.size();
        struck();
    }
}
