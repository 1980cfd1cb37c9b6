package chat.parlance.limit;

import java.util.List;
import java.util.function.Consumer;

/**
 * Reports the users' token usage to the other nodes. May lose reports; then those users get a little more than their
 * limit.
 */
public interface UsageBus {

    /** Number of nodes, with this one, as far as known. */
    int nodes();

    void publish(List<TokenUsage> usages);

    /** @param listener called with the reports of other nodes, on any thread */
    void listen(Consumer<List<TokenUsage>> listener);
}
