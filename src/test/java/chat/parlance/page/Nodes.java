package chat.parlance.page;

import chat.parlance.testing.TestCluster;

/** The two nodes of one cluster that tests share. */
public final class Nodes {

    private static final TestCluster CLUSTER = start();

    private Nodes() {}

    public static String first() {
        return CLUSTER.address(0);
    }

    public static String second() {
        return CLUSTER.address(1);
    }

    private static TestCluster start() {
        TestCluster cluster = TestCluster.start();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        return cluster;
    }
}
