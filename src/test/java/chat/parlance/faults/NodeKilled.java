package chat.parlance.faults;

/** {@code kill -9} of a node, which is started again. */
final class NodeKilled implements Fault {

    @Override
    public void strike(Scene scene) {
        scene.cluster().kill(scene.node());
        scene.cluster().start(scene.node());
    }
}
