package chat.parlance.cluster;

import chat.parlance.log.Condition;
import org.slf4j.LoggerFactory;

/** Messages of other nodes that cannot be decoded, and are dropped. */
final class BrokenMessages {

    private static final Condition DROPPED = Condition.of(
            LoggerFactory.getLogger(BrokenMessages.class),
            "Bus messages that cannot be decoded are dropped",
            "Bus messages can be decoded again");

    private BrokenMessages() {}

    static void dropped(RuntimeException broken) {
        DROPPED.occurred(broken.toString());
    }
}
