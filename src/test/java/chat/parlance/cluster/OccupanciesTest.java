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

final class OccupanciesTest {

    private static final RoomId DEV = new RoomId("dev");
    private static final UserId ALICE = Fixtures.ALICE;
    private static final UserId BOB = Fixtures.BOB;

    private final Occupancies occupancies = new Occupancies(3);

    @Test
    void shouldTellWhoCameAndWentOnceForAllOfATick() {
        occupancies.add(DEV, ALICE);
        occupancies.add(DEV, BOB);
        assertThat(changes())
                .containsExactly(new RoomPresence(DEV, 2, List.of(ALICE, BOB), List.of(ALICE, BOB), List.of()));
        occupancies.remove(DEV, BOB);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 1, List.of(ALICE), List.of(), List.of(BOB)));
        assertThat(occupancies.hasChanged()).isFalse();
    }

    @Test
    void shouldCountAUserOnceForAsLongAsItHasAReasonToBeThere() {
        occupancies.add(DEV, ALICE);
        changes();
        occupancies.add(DEV, ALICE);
        occupancies.remove(DEV, ALICE);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 1, List.of(ALICE), List.of(), List.of()));
        occupancies.remove(DEV, ALICE);
        occupancies.remove(DEV, ALICE);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 0, List.of(), List.of(), List.of(ALICE)));
    }

    @Test
    void shouldSayNothingOfWhoWentAndCameBackWithinATick() {
        occupancies.add(DEV, ALICE);
        changes();
        occupancies.remove(DEV, ALICE);
        occupancies.add(DEV, ALICE);
        occupancies.add(DEV, BOB);
        occupancies.remove(DEV, BOB);
        assertThat(changes()).containsExactly(new RoomPresence(DEV, 1, List.of(ALICE), List.of(), List.of()));
    }

    @Test
    void shouldOnlyCountTheUsersOfALargeRoom() {
        for (int i = 0; i < 4; i++) {
            occupancies.add(DEV, new UserId("user-" + i));
        }
        assertThat(changes()).singleElement().satisfies(large -> {
            assertThat(large.count()).isEqualTo(4);
            assertThat(large.users()).isNull();
        });
        occupancies.remove(DEV, new UserId("user-0"));
        assertThat(changes())
                .singleElement()
                .satisfies(small -> assertThat(small.users()).hasSize(3));
    }

    @Test
    void shouldLetWhoAppliesTheChangesKnowWhatWhoAsksForAllKnows() {
        long seed = 42;
        Random random = new Random(seed);
        Occupancies unlimited = new Occupancies(100);
        Set<UserId> known = new TreeSet<>(Comparator.comparing(UserId::value));
        for (int step = 0; step < 2000; step++) {
            UserId user = new UserId("user-" + random.nextInt(8));
            if (random.nextBoolean()) {
                unlimited.add(DEV, user);
            } else {
                unlimited.remove(DEV, user);
            }
            if (random.nextInt(4) == 0) {
                for (RoomPresence change : unlimited.takeChanges(room -> true)) {
                    assertThat(Collections.disjoint(known, change.arrived())).isTrue();
                    assertThat(known.containsAll(change.departed())).isTrue();
                    known.addAll(change.arrived());
                    known.removeAll(change.departed());
                    assertThat(List.copyOf(known)).as("seed " + seed).isEqualTo(change.users());
                }
            }
        }
    }

    private List<RoomPresence> changes() {
        return occupancies.takeChanges(room -> true);
    }
}
