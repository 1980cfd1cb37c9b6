package chat.parlance.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of the table of faults.
 *
 * @param id as F1
 * @param title what is done
 * @param fault how it is done
 * @param load what clients do meanwhile
 * @param times how often it is done
 * @param aftermathMs how long the load goes on after each time
 * @param recoverMs the target: how long a client may wait for anything, at p99, once the fault is over
 */
record Row(String id, String title, Fault fault, Load load, int times, int aftermathMs, int recoverMs) {

    /** More than from one look at Postgres to the next, so that all nodes have seen who is where. */
    private static final int QUIET_MS = 1500;

    /** Does it, with clients at work, and tells what became of them. */
    Result run(Scene scene) throws Exception {
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
                // Who still waited when the load ended counts too.
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

    private List<Window> strike(Scene scene) throws Exception {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            scene.strike(i);
            fault.strike(scene);
            Thread.sleep(aftermathMs);
            windows.add(new Window(scene.struckNs(), scene.healedNs(), System.nanoTime()));
        }
        return windows;
    }

    private Result result(Scene scene, Verdict verdict, Waits waits, List<Window> windows) {
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

    /** What one run of the row came to. */
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
