package chat.parlance.limit;

import java.util.List;
import java.util.function.Consumer;

/** Tells the other nodes what users have spent. May lose it; then those spend a little more. */
public interface SpendingBus {

    /** How many nodes there are, this one too, as far as it has heard. */
    int nodes();

    void publish(List<Spending> spendings);

    /** @param listener is told what other nodes publish, on any thread */
    void listen(Consumer<List<Spending>> listener);
}
