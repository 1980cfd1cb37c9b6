package chat.parlance.faults;

/** Every node is told to stop and started again, one after the other. */
final class RollingRestart implements Fault {

    @Override
    public void strike(Scene scene) {
        for (int i = 0; i < scene.cluster().size(); i++) {
            scene.cluster().stop(i);
            scene.cluster().start(i);
        }
    }
}
