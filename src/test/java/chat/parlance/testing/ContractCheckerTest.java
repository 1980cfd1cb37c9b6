package chat.parlance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.ContractChecker.Log;
import chat.parlance.testing.ContractChecker.Seen;
import chat.parlance.testing.ContractChecker.Send;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each invariant, violated separately. */
final class ContractCheckerTest {

    private static final List<Seen> HISTORY = List.of(new Seen(1, "a"), new Seen(2, "b"), new Seen(3, ""));
    private static final Send A = new Send("a", 1L, 0, 10);
    private static final Send B = new Send("b", 2L, 20, 30);

    @Test
    void shouldFindNothingInASoundRun() {
        assertThat(check(HISTORY, List.of(A, B), HISTORY)).isEmpty();
    }

    @Test
    void shouldFindAnAcknowledgedLostMessage() {
        Send lost = new Send("c", 4L, 40, 50);
        assertThat(check(HISTORY, List.of(A, B, lost), HISTORY))
                .singleElement()
                .asString()
                .startsWith("I1");
    }

    @Test
    void shouldFindAMessageThatAMemberNeverSaw() {
        assertThat(check(HISTORY, List.of(A, B), List.of(HISTORY.get(0), HISTORY.get(2))))
                .singleElement()
                .asString()
                .startsWith("I2");
    }

    @Test
    void shouldFindAMessageThatAMemberSawTwice() {
        assertThat(check(
                        HISTORY,
                        List.of(A, B),
                        List.of(HISTORY.get(0), HISTORY.get(0), HISTORY.get(1), HISTORY.get(2))))
                .singleElement()
                .asString()
                .startsWith("I3");
    }

    @Test
    void shouldFindAHoleInTheHistory() {
        List<Seen> history = List.of(new Seen(1, "a"), new Seen(3, "b"));
        assertThat(check(history, List.of(A, new Send("b", 3L, 20, 30)), history))
                .singleElement()
                .asString()
                .startsWith("I3");
    }

    @Test
    void shouldFindAMessageThatWasNeverSent() {
        assertThat(check(HISTORY, List.of(A), HISTORY))
                .singleElement()
                .asString()
                .startsWith("I4");
    }

    @Test
    void shouldFindARefusedMessageThatWasStored() {
        Send refused = new Send("b", null, true, 20, 30);
        assertThat(check(HISTORY, List.of(A, refused), HISTORY))
                .singleElement()
                .asString()
                .startsWith("I5");
    }

    @Test
    void shouldFindNothingWrongWithARefusalOrWithASendThatWasGivenUp() {
        Send refused = new Send("c", null, true, 40, 50);
        Send stored = new Send("b", null, 20, 30);
        assertThat(check(HISTORY, List.of(A, stored, refused), HISTORY)).isEmpty();
    }

    @Test
    void shouldFindASenderOutOfItsOrder() {
        Send early = new Send("b", 2L, 0, 100);
        Send late = new Send("a", 1L, 50, 100);
        assertThat(check(HISTORY, List.of(early, late), HISTORY))
                .singleElement()
                .asString()
                .startsWith("I6");
    }

    @Test
    void shouldFindAMessageBeforeOneAcknowledgedEarlier() {
        Log bob = new Log("bob", List.of(new Send("b", 2L, 0, 10)), HISTORY);
        Log alice = new Log("alice", List.of(new Send("a", 1L, 20, 30)), HISTORY);
        assertThat(ContractChecker.check(List.of(alice, bob), HISTORY))
                .singleElement()
                .asString()
                .startsWith("I7");
    }

    @Test
    void shouldFindAnEventDeliveredToARemovedMember() {
        Log bob = new Log("bob", List.of(A, B), HISTORY, List.of(), List.of(HISTORY.get(1)));
        assertThat(ContractChecker.check(List.of(bob), HISTORY))
                .singleElement()
                .asString()
                .startsWith("I9");
    }

    @Test
    void shouldFindAnEventThatTheDatabaseHasLost() {
        Send lost = new Send("lost", null, 40, 50);
        assertThat(check(HISTORY, List.of(A, B, lost), List.of(HISTORY.get(0), new Seen(2, "lost"), HISTORY.get(2))))
                .singleElement()
                .asString()
                .startsWith("I8");
    }

    @Test
    void shouldFindAnotherEventOfTheSameIdByItsStamp() {
        List<Seen> stored = List.of(new Seen(1, "", "first"));
        assertThat(check(stored, List.of(), List.of(new Seen(1, "", "lost"))))
                .singleElement()
                .asString()
                .startsWith("I8");
        assertThat(check(stored, List.of(), stored)).isEmpty();
    }

    @Test
    void shouldFindAMessageThatWasNeverSentInADroppedCopy() {
        Log bob = new Log("bob", List.of(A, B), HISTORY, List.of(new Seen(2, "forged")), List.of());
        assertThat(ContractChecker.check(List.of(bob), HISTORY))
                .singleElement()
                .asString()
                .startsWith("I4");
    }

    private static List<ContractChecker.Violation> check(List<Seen> history, List<Send> sends, List<Seen> seen) {
        return ContractChecker.check(List.of(new Log("alice", sends, seen)), history);
    }
}
