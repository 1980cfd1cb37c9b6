package chat.parlance.faults;

import chat.parlance.testing.ContractChecker.Breach;
import chat.parlance.testing.ContractChecker.Violation;
import java.util.List;

/** Results of the sends. */
record Verdict(int sent, int acked, List<Violation> violations) {

    long count(Breach breach) {
        return violations.stream()
                .filter(violation -> violation.breach() == breach)
                .count();
    }
}
