package chat.parlance.faults;

import chat.parlance.testing.Distribution;
import chat.parlance.testing.Waits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of the table of faults.
 *
 * @param id as F1
 * @param title name of the fault
 * @param fault its implementation
 * @param load load of the clients meanwhile
 * @param times number of times
 * @param aftermathMs time that the load continues after each time
 * @param recoverMs target: longest wait of a client for anything, at p99, once the fault is over
 */
record Row(String id, String title, Fault fault, Load load, int times, int aftermathMs, int recoverMs) {

    /** Longer than the interval of polls of Postgres, so that all nodes know which rooms are where. */
    private static final int QUIET_MS = 1500;

    /** Runs the row with clients at work, and returns their results. */
    Result run(FaultScene scene) throws Exception {
        scene.begin();
        try {
            fault.prepare(scene);
            try (LoadRun run = LoadRun.start(
                    load,
                    "f" + Long.toString(System.nanoTime(), Character.MAX_RADIX),
                    scene.cluster().addresses(),
                    scene.users())) {
                scene.atWork(run.clients());
                Thread.sleep(QUIET_MS);
                List<Window> windows = strike(scene);
                Verdict verdict = run.finish(scene);
                // Clients that still waited when the load ended count too.
                windows.add(windows.removeLast().until(System.nanoTime()));
                return result(scene, verdict, Waits.of(run.clients()), windows);
            }
        } finally {
            fault.restore(scene);
        }
    }

    private record Window(long struckNs, long healedNs, long endNs) {

        Window until(long laterNs) {
            return new Window(struckNs, healedNs, laterNs);
        }
    }

    private List<Window> strike(FaultScene scene) throws Exception {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            scene.strike(i);
            fault.strike(scene);
            Thread.sleep(aftermathMs);
            windows.add(new Window(scene.struckNs(), scene.healedNs(), System.nanoTime()));
        }
        return windows;
    }

    private Result result(FaultScene scene, Verdict verdict, Waits waits, List<Window> windows) {
        Distribution during = Distribution.together(windows.stream()
                .map(window -> waits.longest(window.struckNs(), window.healedNs()))
                .toList());
        Distribution recovery = Distribution.together(windows.stream()
                .map(window -> waits.longest(window.healedNs(), window.endNs()))
                .toList());
        scene.requireWithin(recovery.percentile(Distribution.P99), recoverMs, "99 of 100 clients are current");
        return new Result(
                this,
                verdict,
                during,
                recovery,
                new LinkedHashMap<>(scene.measures()),
                List.copyOf(scene.notes()),
                List.copyOf(scene.misses()));
    }

    /** Result of one run of the row. */
    record Result(
            Row row,
            Verdict verdict,
            Distribution during,
            Distribution recovery,
            Map<String, List<Long>> measures,
            List<String> notes,
            List<String> misses) {}

    @Override
    public String toString() {
        return id + " " + title;
    }
}
