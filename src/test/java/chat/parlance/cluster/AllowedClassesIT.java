package chat.parlance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Members instantiate no class except those that they need, whatever a member with the secret sends. */
final class AllowedClassesIT {

    private static final int PATIENCE_SECONDS = 20;
    private static final AtomicInteger MADE = new AtomicInteger();

    private static HazelcastInstance here;
    private static HazelcastInstance there;

    @BeforeAll
    static void start() {
        String network = Members.network();
        String[] members = {network + 1, network + 2};
        here = Members.join(Members.settings("classes", Members.SECRET, members[0], members));
        there = Members.join(Members.settings("classes", Members.SECRET, members[1], members));
        assertThat(here.getCluster().getMembers()).hasSize(2);
    }

    @AfterAll
    static void stop() {
        here.shutdown();
        there.shutdown();
    }

    @Test
    void shouldAllowVertxsEntriesInMaps() {
        for (int i = 1; i < 20; i++) {
            there.getMap("nodes").put("node-" + i, new HazelcastNodeInfo(new NodeInfo("127.0.0.1", i, null)));
        }
        for (int i = 1; i < 20; i++) {
            HazelcastNodeInfo read = (HazelcastNodeInfo) here.getMap("nodes").get("node-" + i);
            assertThat(read.unwrap().port()).isEqualTo(i);
        }
    }

    @Test
    void shouldGetTheReasonWhyAnOperationFailed() {
        assertThatThrownBy(() -> there.getMap("failing").executeOnKey("key", null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldMakeNoObjectThatCameByJavasSerialization() {
        int before = MADE.get();
        assertThatThrownBy(() -> run(new Task())).hasStackTraceContaining("is not allowed");
        for (int i = 0; i < 20; i++) {
            String key = "java-" + i;
            there.getMap("values").put(key, new Task());
            assertThatThrownBy(() -> here.getMap("values").get(key)).hasStackTraceContaining("is not allowed");
        }
        assertThat(MADE).hasValue(before);
    }

    @Test
    void shouldMakeNoObjectOfANameOnTheWire() {
        int before = MADE.get();
        assertThatThrownBy(() -> run(new NamedTask())).hasStackTraceContaining("members may not send");
        for (int i = 0; i < 20; i++) {
            String key = "named-" + i;
            there.getMap("values").put(key, new NamedTask());
            assertThatThrownBy(() -> here.getMap("values").get(key)).hasStackTraceContaining("members may not send");
        }
        assertThat(MADE).hasValue(before);
    }

    private static void run(Callable<?> task) throws Exception {
        Member target = here.getCluster().getLocalMember();
        try {
            there.getExecutorService("tasks").submitToMember(task, target).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    private static final class Task implements Callable<String>, Serializable {

        @Override
        public String call() {
            return "ran";
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            MADE.incrementAndGet();
            in.defaultReadObject();
        }
    }

    /** Instantiated by its name; public, like the classes that a member looks up. */
    public static final class NamedTask implements Callable<String>, DataSerializable {

        @Override
        public String call() {
            return "ran";
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // It has no fields.
        }

        @Override
        public void readData(ObjectDataInput in) {
            MADE.incrementAndGet();
        }
    }
}
