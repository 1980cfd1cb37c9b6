package chat.parlance.faults;

import java.util.List;

/**
 * The faults that must not break the contract, each with its number of times, its length, and the time in which every
 * client must be current again. The short form has the faults that take seconds; the long one has all that is promised.
 */
final class FaultTable {

    /** A couple of hundred messages a second, each to ten clients. */
    private static final Load USUAL = Load.of(200, 20, 1000);

    /** So many messages that a lost commit could be overlooked. */
    private static final Load BUSY = Load.of(200, 40, 150);

    /** Too much for a slow link. */
    private static final Load WORDY = new Load(60, 6, 1000, 2000);

    /** So many rooms and sends that each batch has several. */
    private static final Load MANY = Load.of(200, 40, 400);

    private static final Load LIGHT = Load.of(60, 6, 500);
    private static final Load CROWD = Load.of(2000, 200, 10_000);

    private FaultTable() {}

    static List<Row> shortForm() {
        return List.of(
                new Row("F1", "node killed -9", new NodeKilled(), LIGHT, 1, 500, 3000),
                new Row("F2", "node frozen for 4 s", new NodeFrozen(4), LIGHT, 1, 500, 2000),
                new Row("F3", "node silently cut off from nodes, 4 s", new Partitioned(4, false), LIGHT, 1, 500, 2000),
                new Row("F3", "node deaf to nodes, 4 s", new Partitioned(4, true), LIGHT, 1, 500, 2000),
                new Row("F4", "node cut off from Postgres, 5 s", new CutOffFromPostgres(5), LIGHT, 1, 500, 2000),
                new Row("F5", "Postgres killed -9", new PostgresKilled(0), LIGHT, 1, 500, 3000),
                new Row("F7", "disk of Postgres full, 1 s", new DiskFull(1), LIGHT, 1, 500, 5000),
                new Row("F8", "client at 256 kbit/s, 2 s", new ClientSlowed(256, 2), WORDY, 1, 0, 1000),
                new Row("F8", "node at 256 kbit/s, 2 s", new NodeSlowed(256, 2), WORDY, 1, 500, 2000),
                new Row("F10", "rolling restart", new RollingRestart(), LIGHT, 1, 500, 1000),
                new Row("F12", "one send 1,000 times over three nodes", new SendRetried(1000), LIGHT, 1, 0, 1000),
                new Row("F13", "one room of 10,000 locked, 4 s", new RoomLocked(10_000, 4), MANY, 1, 2500, 2000),
                new Row("F14", "backup of 3 s ago, clients stay", new Restored(3, false), LIGHT, 1, 500, 5000),
                new Row("F14", "backup of 3 s ago, clients away", new Restored(3, true), LIGHT, 1, 500, 5000));
    }

    static List<Row> longForm() {
        return List.of(
                new Row("F1", "node killed -9, 20 times", new NodeKilled(), USUAL, 20, 1000, 3000),
                new Row("F2", "node frozen for 3 s", new NodeFrozen(3), USUAL, 3, 3000, 2000),
                new Row("F2", "node frozen for 12 s", new NodeFrozen(12), USUAL, 1, 5000, 2000),
                new Row("F2", "node frozen for 90 s", new NodeFrozen(90), USUAL, 1, 5000, 2000),
                new Row("F3", "node silently cut off from nodes, 5 s", new Partitioned(5, false), USUAL, 1, 5000, 2000),
                new Row(
                        "F3",
                        "node silently cut off from nodes, 20 s",
                        new Partitioned(20, false),
                        USUAL,
                        1,
                        5000,
                        2000),
                new Row(
                        "F3",
                        "node silently cut off from nodes, 90 s",
                        new Partitioned(90, false),
                        USUAL,
                        1,
                        5000,
                        2000),
                new Row("F3", "node deaf to nodes, 5 s", new Partitioned(5, true), USUAL, 1, 5000, 2000),
                new Row("F3", "node deaf to nodes, 20 s", new Partitioned(20, true), USUAL, 1, 5000, 2000),
                new Row("F3", "node deaf to nodes, 90 s", new Partitioned(90, true), USUAL, 1, 5000, 2000),
                new Row("F4", "node cut off from Postgres, 15 s", new CutOffFromPostgres(15), USUAL, 2, 5000, 2000),
                new Row("F5", "Postgres killed -9, 20 times", new PostgresKilled(5000), BUSY, 20, 1000, 3000),
                new Row("F7", "disk of Postgres full, 5 s", new DiskFull(5), USUAL, 1, 5000, 5000),
                new Row("F8", "client at 256 kbit/s, 20 s", new ClientSlowed(256, 20), WORDY, 1, 1000, 1000),
                // A client behind the slow link waits for packets that TCP retransmits after a second, and then two.
                new Row("F8", "node at 256 kbit/s, 20 s", new NodeSlowed(256, 20), WORDY, 1, 5000, 5000),
                new Row("F9", "clock of a node +120 s, -300 s", new ClockShifted(15), USUAL, 1, 1000, 2000),
                new Row("F10", "rolling restart", new RollingRestart(), USUAL, 1, 1000, 1000),
                new Row("F11", "all nodes killed, 2,000 clients come back", new AllKilled(), CROWD, 1, 0, 30_000),
                new Row("F12", "one send 10,000 times over three nodes", new SendRetried(10_000), LIGHT, 1, 0, 1000),
                new Row("F13", "one room of 10,000 locked, 20 s", new RoomLocked(10_000, 20), MANY, 1, 2500, 2000),
                new Row("F14", "backup of 12 s ago, clients stay", new Restored(12, false), USUAL, 3, 10_000, 5000),
                new Row("F14", "backup of 12 s ago, clients away", new Restored(12, true), USUAL, 3, 10_000, 5000),
                // The last row: it leaves the database with another primary.
                new Row("F6", "failover to a synchronous standby", new FailedOver(), USUAL, 1, 10_000, 10_000));
    }
}
