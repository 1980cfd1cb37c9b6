package chat.parlance.persistence;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Coalesces queries: while some are running, the next ones gather, so that a lone query runs at once and a burst costs
 * few statements. Belongs to one event loop.
 */
final class QueryBatcher<Q, A> {

    private record Waiting<Q, A>(Q question, Promise<A> answer) {}

    private final Function<List<Q>, Future<List<A>>> ask;
    private final int atOnce;
    private final ArrayDeque<Waiting<Q, A>> queue = new ArrayDeque<>();
    private boolean busy;

    /** @param ask answers each query, in order */
    QueryBatcher(Function<List<Q>, Future<List<A>>> ask, int atOnce) {
        this.ask = ask;
        this.atOnce = atOnce;
    }

    Future<A> ask(Q question) {
        Waiting<Q, A> waiting = new Waiting<>(question, Promise.promise());
        queue.add(waiting);
        if (!busy) {
            askNext();
        }
        return waiting.answer().future();
    }

    private void askNext() {
        List<Waiting<Q, A>> asked = new ArrayList<>();
        while (!queue.isEmpty() && asked.size() < atOnce) {
            asked.add(queue.remove());
        }
        busy = !asked.isEmpty();
        if (busy) {
            ask.apply(asked.stream().map(Waiting::question).toList()).onComplete(answered -> {
                for (int i = 0; i < asked.size(); i++) {
                    Promise<A> answer = asked.get(i).answer();
                    if (answered.succeeded()) {
                        answer.complete(answered.result().get(i));
                    } else {
                        answer.fail(answered.cause());
                    }
                }
                askNext();
            });
        }
    }
}
