package chat.parlance.persistence;

/** Settings of a database in tests. */
final class Fixtures {

    private static final Database.Pool ONE = new Database.Pool(1, 100);

    /** One connection for each purpose. */
    static final Database.Settings SETTINGS = new Database.Settings(
            ONE,
            ONE,
            ONE,
            4,
            5000,
            5000,
            5000,
            1,
            1,
            100,
            100,
            100,
            8192,
            false,
            new Database.UserLimits(5, 900, 50, 200));

    private Fixtures() {}
}
