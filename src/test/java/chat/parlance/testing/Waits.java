package chat.parlance.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Waits of clients: for an acknowledgement since the send, for an event since the first client had it. All times are on
 * the clock of {@code System.nanoTime}.
 */
public final class Waits {

    /** @param event its id, or its stamp when it has none: a seq may be allocated twice, when the database goes back */
    private record Place(String room, String event) {

        static Place of(String room, ContractClient.Receipt receipt) {
            return new Place(room, receipt.id().isEmpty() ? receipt.stamp() : receipt.id());
        }
    }

    /** Notes of one client, which continues while its waits are computed. */
    private record Notes(String room, List<ContractChecker.Send> sends, List<ContractClient.Receipt> receipts) {

        static Notes of(ContractClient client) {
            return new Notes(client.room(), client.sends(), client.receipts());
        }
    }

    private final List<Notes> clients;
    private final Map<Place, Long> bornNs = new HashMap<>();

    private Waits(List<Notes> clients) {
        this.clients = clients;
    }

    public static Waits of(List<ContractClient> clients) {
        Waits waits = new Waits(clients.stream().map(Notes::of).toList());
        for (Notes client : waits.clients) {
            for (ContractChecker.Send send : client.sends()) {
                waits.born(new Place(client.room(), send.id()), send.answeredAt());
            }
            for (ContractClient.Receipt receipt : client.receipts()) {
                waits.born(Place.of(client.room(), receipt), receipt.atNs());
            }
        }
        return waits;
    }

    /** The longest wait of each client, of the time between {@code fromNs} and {@code toNs} alone. */
    public Distribution longest(long fromNs, long toNs) {
        return longest(fromNs, toNs, client -> true);
    }

    /** The longest wait of each client among some, between {@code fromNs} and {@code toNs}. */
    public Distribution longest(long fromNs, long toNs, IntPredicate whose) {
        List<Long> longest = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            if (!whose.test(i)) {
                continue;
            }
            Notes client = clients.get(i);
            long most = 0;
            for (ContractChecker.Send send : client.sends()) {
                most = Math.max(most, overlap(send.sentAt(), send.answeredAt(), fromNs, toNs));
            }
            for (ContractClient.Receipt receipt : client.receipts()) {
                long bornAt = bornNs.get(Place.of(client.room(), receipt));
                most = Math.max(most, overlap(bornAt, receipt.atNs(), fromNs, toNs));
            }
            longest.add(TimeUnit.NANOSECONDS.toMillis(most));
        }
        return Distribution.of(longest);
    }

    private static long overlap(long begin, long end, long fromNs, long toNs) {
        return Math.min(end, toNs) - Math.max(begin, fromNs);
    }

    /** The waits for acknowledgements of what was sent between {@code fromNs} and {@code toNs}, by some of the clients. */
    public Distribution acks(long fromNs, long toNs, IntPredicate whose) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            if (whose.test(i)) {
                clients.get(i).sends().stream()
                        .filter(send -> send.sentAt() > fromNs && send.sentAt() <= toNs)
                        .forEach(send -> waits.add(TimeUnit.NANOSECONDS.toMillis(send.answeredAt() - send.sentAt())));
            }
        }
        return Distribution.of(waits);
    }

    private void born(Place place, long atNs) {
        bornNs.merge(place, atNs, Math::min);
    }
}
