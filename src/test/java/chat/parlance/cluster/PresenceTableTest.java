package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.Fixtures;
import chat.parlance.room.RoomPresence;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PresenceTableTest {

    private static final RoomId DEV = new RoomId("dev");
    private static final UserId ALICE = Fixtures.ALICE;
    private static final UserId BOB = Fixtures.BOB;
    private static final int INTERVAL_MS = 500;

    private final PresenceTable table = new PresenceTable(3);

    @Test
    void shouldReportArrivalsAndDeparturesOncePerTick() {
        table.add(DEV, ALICE);
        table.add(DEV, BOB);
        assertThat(changes())
                .containsExactly(new RoomPresence(DEV, 2, List.of(ALICE, BOB), List.of(ALICE, BOB), List.of()));
        table.remove(DEV, BOB);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 1, List.of(ALICE), List.of(), List.of(BOB)));
        assertThat(table.hasChanged()).isFalse();
    }

    @Test
    void shouldCountAUserOnceForAsLongAsItHasAReasonToBeThere() {
        table.add(DEV, ALICE);
        changes();
        table.add(DEV, ALICE);
        table.remove(DEV, ALICE);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 1, List.of(ALICE), List.of(), List.of()));
        table.remove(DEV, ALICE);
        table.remove(DEV, ALICE);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 0, List.of(), List.of(), List.of(ALICE)));
    }

    @Test
    void shouldNotReportAUserWhoReturnsWithinATick() {
        table.add(DEV, ALICE);
        changes();
        table.remove(DEV, ALICE);
        table.add(DEV, ALICE);
        table.add(DEV, BOB);
        table.remove(DEV, BOB);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 1, List.of(ALICE), List.of(), List.of()));
    }

    @Test
    void shouldOnlyCountTheUsersOfALargeRoom() {
        for (int i = 0; i < 4; i++) {
            table.add(DEV, new UserId("user-" + i));
        }
        assertThat(changes()).singleElement().satisfies(large -> {
            assertThat(large.count()).isEqualTo(4);
            assertThat(large.users()).isNull();
        });
        table.remove(DEV, new UserId("user-0"));
        assertThat(changes())
                .singleElement()
                .satisfies(small -> assertThat(small.users()).hasSize(3));
    }

    @Test
    void shouldTellArrivalsSoonerThanDepartures() {
        table.add(DEV, ALICE);
        assertThat(arrivals(0)).containsExactly(new RoomPresence(DEV, 1, List.of(ALICE), List.of(ALICE), List.of()));
        assertThat(table.hasChanged()).isFalse();
        table.add(DEV, BOB);
        table.remove(DEV, ALICE);
        assertThat(arrivals(INTERVAL_MS)).isEmpty();
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 1, List.of(BOB), List.of(BOB), List.of(ALICE)));
    }

    @Test
    void shouldTellARoomOnceWithinTheInterval() {
        table.add(DEV, ALICE);
        assertThat(arrivals(0)).hasSize(1);
        table.add(DEV, BOB);
        assertThat(arrivals(INTERVAL_MS - 1)).isEmpty();
        assertThat(table.hasChanged()).isTrue();
        table.add(DEV, new UserId("guest"));
        assertThat(arrivals(INTERVAL_MS))
                .singleElement()
                .satisfies(later -> assertThat(later.arrived()).containsExactly(BOB, new UserId("guest")));
    }

    @Test
    void shouldReportChangesThatAddUpToTheWholePresence() {
        long seed = 42;
        Random random = new Random(seed);
        PresenceTable unlimited = new PresenceTable(100);
        Set<UserId> known = new TreeSet<>(Comparator.comparing(UserId::value));
        for (int step = 0; step < 2000; step++) {
            UserId user = new UserId("user-" + random.nextInt(8));
            if (random.nextBoolean()) {
                unlimited.add(DEV, user);
            } else {
                unlimited.remove(DEV, user);
            }
            if (random.nextInt(4) == 0) {
                List<RoomPresence> taken = random.nextBoolean()
                        ? unlimited.takeChanges(room -> true, step)
                        : unlimited.takeArrivals(room -> true, step, 5);
                for (RoomPresence change : taken) {
                    assertThat(Collections.disjoint(known, change.arrived())).isTrue();
                    assertThat(known.containsAll(change.departed())).isTrue();
                    known.addAll(change.arrived());
                    known.removeAll(change.departed());
                    assertThat(List.copyOf(known)).as("seed " + seed).isEqualTo(change.users());
                }
            }
        }
    }

    private List<RoomPresence> arrivals(long nowMs) {
        return table.takeArrivals(room -> true, nowMs, INTERVAL_MS);
    }

    private List<RoomPresence> changes() {
        return table.takeChanges(room -> true, 0);
    }
}
