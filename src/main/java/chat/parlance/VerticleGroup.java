package chat.parlance;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.List;

/** Verticles that run on one event loop: started in order, stopped in reverse. */
record VerticleGroup(List<Deployable> parts) implements Deployable {

    /** One step in the lifecycle of a part. */
    @FunctionalInterface
    private interface Step {
        Future<?> take(Deployable part) throws Exception;
    }

    @Override
    public Future<?> deploy(Context context) {
        return oneByOne(parts, part -> part.deploy(context));
    }

    @Override
    public Future<?> undeploy(Context context) {
        return oneByOne(parts.reversed(), part -> part.undeploy(context));
    }

    private static Future<?> oneByOne(List<Deployable> parts, Step step) {
        Future<?> done = Future.succeededFuture();
        for (Deployable part : parts) {
            done = done.compose(before -> {
                try {
                    return step.take(part);
                } catch (Exception failed) {
                    return Future.failedFuture(failed);
                }
            });
        }
        return done;
    }
}
