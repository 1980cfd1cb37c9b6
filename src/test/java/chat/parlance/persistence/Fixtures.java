package chat.parlance.persistence;

import chat.parlance.auth.AuthSettings;
import chat.parlance.room.RoomLimits;
import chat.parlance.search.SearchSettings;
import chat.parlance.setting.Secret;

/** Settings of a database in tests. */
final class Fixtures {

    /** One connection for each purpose. */
    static final Database.Settings SETTINGS = new Database.Settings(
            new PostgresSettings(
                    new Secret(""),
                    0,
                    new PostgresSettings.Reads(1, 100),
                    new PostgresSettings.Changes(1, 100, 100),
                    new PostgresSettings.Timeouts(5000, 5000, 5000)),
            new CommitSettings(new CommitSettings.Connections(1, 1), new CommitSettings.Queue(100, 100, 100), 5000),
            new SearchSettings.Turns(1, 100, 4),
            new AuthSettings.LogIns(5, 900, 50),
            new RoomLimits(8192, 20, 1000, 30),
            200,
            false);

    private Fixtures() {}
}
