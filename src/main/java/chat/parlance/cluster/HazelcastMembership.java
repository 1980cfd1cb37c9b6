package chat.parlance.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Completable;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.concurrent.RejectedExecutionException;

/** Cluster manager of Vert.x over a Hazelcast member created for it: the member leaves together with Vert.x. */
final class HazelcastMembership extends HazelcastClusterManager {

    private final HazelcastInstance member;

    HazelcastMembership(HazelcastInstance member) {
        super(member);
        this.member = member;
    }

    @Override
    public void leave(Completable<Void> promise) {
        super.leave((_, failure) -> Thread.ofPlatform().name("cluster-leave").start(() -> {
            try {
                member.shutdown();
            } catch (RejectedExecutionException closing) {
                member.getLifecycleService().terminate();
            } finally {
                promise.complete(null, failure);
            }
        }));
    }
}
