package chat.parlance.faults;

import chat.parlance.testing.ContractChecker.Breach;
import chat.parlance.testing.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Results of every row, over all runs: the medians of the figures, the worst of the violations. */
final class Ledger {

    private static final String HEAD = "%-44s %9s %9s %5s %7s %12s  %19s  %25s%n";

    private final Map<String, List<Row.Result>> results = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();

    void add(Row.Result result) {
        results.computeIfAbsent(result.row().toString(), title -> new ArrayList<>())
                .add(result);
    }

    /** Adds a row that could not be run. */
    void skip(Row row, String reason) {
        skipped.put(row.toString(), reason);
    }

    /** Table as text. */
    String print() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                HEAD,
                "fault (median of %d runs)".formatted(runs()),
                "sent",
                "acked",
                "lost",
                "doubled",
                "out of order",
                "waits in it, ms",
                "waits after it, ms"));
        table.append(String.format(Locale.ROOT, HEAD, "", "", "", "", "", "", "p99 / worst", "p50 / p99 / worst"));
        results.values().forEach(runs -> table.append(line(runs)));
        skipped.forEach((title, reason) ->
                table.append(String.format(Locale.ROOT, "%-44s could not run: %s%n", title, reason)));
        return table.toString();
    }

    /** The line of one run alone. */
    String line(Row.Result result) {
        return line(List.of(result)).stripTrailing();
    }

    private int runs() {
        return results.values().stream().mapToInt(List::size).max().orElse(0);
    }

    private static String line(List<Row.Result> runs) {
        List<String> remarks = measures(runs);
        remarks.addAll(runs.getLast().notes());
        runs.forEach(run -> run.misses().forEach(miss -> remarks.add("MISSED: " + miss)));
        return String.format(
                Locale.ROOT,
                "%-44s %9d %9d %5d %7d %12d  %8d / %8d  %7d / %7d / %5d  %s%n",
                runs.getFirst().row(),
                median(runs, run -> run.verdict().sent()),
                median(runs, run -> run.verdict().acked()),
                worst(
                        runs,
                        run -> run.verdict().count(Breach.LOST)
                                + run.verdict().count(Breach.FORGED)
                                + run.verdict().count(Breach.STALE)),
                worst(runs, run -> run.verdict().count(Breach.DOUBLED)),
                worst(runs, run -> run.verdict().count(Breach.OUT_OF_ORDER)),
                median(runs, run -> run.during().percentile(Distribution.P99)),
                worst(runs, run -> run.during().max()),
                median(runs, run -> run.recovery().percentile(Distribution.P50)),
                median(runs, run -> run.recovery().percentile(Distribution.P99)),
                worst(runs, run -> run.recovery().max()),
                String.join("; ", remarks));
    }

    /** Figures, each with the median and the worst, or alone when there is only one. */
    private static List<String> measures(List<Row.Result> runs) {
        List<String> shown = new ArrayList<>();
        for (String what : runs.getLast().measures().keySet()) {
            List<Long> values = runs.stream()
                    .flatMap(run -> run.measures().getOrDefault(what, List.of()).stream())
                    .sorted()
                    .toList();
            shown.add(
                    values.size() == 1
                            ? "%s %d".formatted(what, values.getFirst())
                            : "%s %d / %d".formatted(what, values.get(values.size() / 2), values.getLast()));
        }
        return shown;
    }

    private static long median(List<Row.Result> runs, ToLongFunction<Row.Result> figure) {
        return runs.stream().mapToLong(figure).sorted().toArray()[runs.size() / 2];
    }

    private static long worst(List<Row.Result> runs, ToLongFunction<Row.Result> figure) {
        return runs.stream().mapToLong(figure).max().orElse(0);
    }
}
