package chat.parlance.persistence;

import chat.parlance.room.NewEvent;
import chat.parlance.testing.Database;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Costs of the append of plain messages, beside those of inserts of the same rows through the same connection: into a
 * table without indexes, and into one with the indexes and checks of {@code event}, by rows of values and by arrays.
 * The statements take turns, and CPU time is that of the connection's process in Postgres, in steps of 10 ms, so that a
 * busy machine changes the ratios little. Postgres must run on this machine.
 */
final class AppendCosts implements AutoCloseable {

    private static final int ROOMS = 50;
    private static final int USERS = 20;

    /** CPU time of a turn, of which a step of the clock is a twentieth. */
    private static final Duration LEAST_CPU = Duration.ofMillis(200);

    private static final String TABLES = """
        create table append_plain (like event including defaults);
        create table append_same (like event including all);
        insert into account (user_id, name, password_hash)
        select 'costs-' || i, 'costs', '-' from generate_series(0, %1$d - 1) i on conflict do nothing;
        insert into room (room_id, name, visibility)
        select 'costs-' || i, 'costs', 'public' from generate_series(0, %2$d - 1) i on conflict do nothing;
        insert into member (room_id, user_id, role)
        select 'costs-' || r, 'costs-' || u, 'member'
        from generate_series(0, %2$d - 1) r, generate_series(0, %1$d - 1) u on conflict do nothing;
        """.formatted(USERS, ROOMS);

    private static final String UNNEST = """
        insert into append_same (room_id, seq, stamp, previous, at, sender, kind, client_id, text)
        select u.room_id, u.seq, u.stamp, 1, now(), u.sender, 'message', u.client_id, u.text
        from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[])
             as u (room_id, seq, stamp, sender, client_id, text)
        """;

    private enum Way {
        APPEND,
        SAME_BY_VALUES,
        SAME_BY_ARRAYS,
        PLAIN
    }

    /**
     * Cost of one message.
     *
     * @param cpuUs of Postgres, microseconds
     * @param perSecond messages
     */
    record Cost(double cpuUs, double perSecond) {}

    /**
     * Medians of all rounds for batches of one shape.
     *
     * @param sameIndexes the cheaper of both inserts into the table with the same indexes
     */
    record Row(int batch, int rooms, Cost append, Cost sameIndexes, Cost noIndexes) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%5d %5d %9.1f %9.1f %9.1f %9.0f %% %9.0f %9.0f %9.0f %%",
                    batch,
                    rooms,
                    append.cpuUs(),
                    sameIndexes.cpuUs(),
                    noIndexes.cpuUs(),
                    100 * sameIndexes.cpuUs() / append.cpuUs(),
                    append.perSecond(),
                    sameIndexes.perSecond(),
                    100 * append.perSecond() / sameIndexes.perSecond());
        }
    }

    static final String HEADER = "batch rooms  append us  same us  plain us  CPU ratio  append/s    same/s rate ratio";

    private final TestWriter writer = new TestWriter();
    private final Random random = new Random(1);
    private final ProcessHandle process;
    private long seq;

    AppendCosts() throws SQLException {
        for (String statement : TABLES.strip().split(";\n", -1)) {
            Database.update(statement);
        }
        int pid = writer.run("select pg_backend_pid()", Tuple.tuple())
                .iterator()
                .next()
                .getInteger(0);
        process = ProcessHandle.of(pid).orElseThrow();
    }

    /** @param ms time of each statement in each round */
    Row measure(int batch, int rooms, int rounds, int ms) {
        Map<Way, List<Cost>> costs = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            costs.put(way, new ArrayList<>());
            turn(way, batch, rooms, ms / 4);
        }
        for (int round = 0; round < rounds; round++) {
            costs.forEach((way, list) -> list.add(turn(way, batch, rooms, ms)));
        }
        Cost byValues = median(costs.get(Way.SAME_BY_VALUES));
        Cost byArrays = median(costs.get(Way.SAME_BY_ARRAYS));
        return new Row(
                batch,
                rooms,
                median(costs.get(Way.APPEND)),
                byValues.cpuUs() < byArrays.cpuUs() ? byValues : byArrays,
                median(costs.get(Way.PLAIN)));
    }

    /** Measures until the time is over and the process has worked long enough for its clock, but ten times as long at most. */
    private Cost turn(Way way, int batch, int rooms, int ms) {
        Duration cpu = cpu();
        long begin = System.nanoTime();
        long messages = 0;
        long elapsedMs;
        do {
            write(way, batch(batch, rooms));
            messages += batch;
            elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        } while (elapsedMs < ms || (elapsedMs < 10L * ms && cpu().minus(cpu).compareTo(LEAST_CPU) < 0));
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Cost(cpu().minus(cpu).toNanos() / 1e3 / messages, messages / seconds);
    }

    private void write(Way way, List<NewEvent> batch) {
        switch (way) {
            case APPEND -> {
                for (WriteOutcome outcome : writer.write(batch, BatchWriter.NO_WAIT)) {
                    if (!(outcome instanceof AppendOutcome.Stored)) {
                        throw new AssertionError(outcome.toString());
                    }
                }
            }
            case SAME_BY_VALUES -> insertValues("append_same", batch);
            case SAME_BY_ARRAYS -> insertArrays(batch);
            case PLAIN -> insertValues("append_plain", batch);
        }
    }

    private void insertValues(String table, List<NewEvent> batch) {
        StringBuilder sql = new StringBuilder(
                "insert into " + table + " (room_id, seq, stamp, previous, at, sender, kind, client_id, text) values ");
        Tuple parameters = Tuple.tuple();
        int number = 0;
        for (NewEvent event : batch) {
            sql.append(number == 0 ? "" : ", ").append('(').append('$').append(++number);
            sql.append(", $").append(++number).append(", $").append(++number).append(", 1, now(), $");
            sql.append(++number).append(", 'message', $").append(++number).append(", $");
            sql.append(++number).append(')');
            parameters
                    .addString(event.room().value())
                    .addLong(++seq + 1)
                    .addLong(1 + random.nextLong(1L << 40))
                    .addString(event.sender().value())
                    .addString(event.body().id().value())
                    .addString(text());
        }
        writer.run(sql.toString(), parameters);
    }

    private void insertArrays(List<NewEvent> batch) {
        Long[] seqs = new Long[batch.size()];
        Long[] stamps = new Long[batch.size()];
        String[] texts = new String[batch.size()];
        Arrays.setAll(seqs, i -> ++seq + 1);
        Arrays.setAll(stamps, i -> 1 + random.nextLong(1L << 40));
        Arrays.setAll(texts, i -> text());
        writer.run(
                UNNEST,
                Tuple.tuple()
                        .addArrayOfString(batch.stream()
                                .map(event -> event.room().value())
                                .toArray(String[]::new))
                        .addArrayOfLong(seqs)
                        .addArrayOfLong(stamps)
                        .addArrayOfString(batch.stream()
                                .map(event -> event.sender().value())
                                .toArray(String[]::new))
                        .addArrayOfString(batch.stream()
                                .map(event -> event.body().id().value())
                                .toArray(String[]::new))
                        .addArrayOfString(texts));
    }

    private List<NewEvent> batch(int size, int rooms) {
        List<NewEvent> batch = new ArrayList<>(size);
        int firstRoom = random.nextInt(ROOMS);
        for (int i = 0; i < size; i++) {
            batch.add(TestWriter.message(
                    "costs-" + (firstRoom + i % rooms) % ROOMS,
                    "costs-" + random.nextInt(USERS),
                    UUID.randomUUID().toString(),
                    text()));
        }
        return batch;
    }

    private String text() {
        return "A message of about the usual length, with a number " + random.nextInt();
    }

    private Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                costs.stream()
                        .sorted(Comparator.comparingDouble(Cost::cpuUs))
                        .toList()
                        .get(costs.size() / 2)
                        .cpuUs(),
                costs.stream()
                        .sorted(Comparator.comparingDouble(Cost::perSecond))
                        .toList()
                        .get(costs.size() / 2)
                        .perSecond());
    }

    @Override
    public void close() throws SQLException {
        writer.close();
        Database.update("drop table append_plain, append_same");
    }
}
