package chat.parlance.testing;

import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.Map;

/** Accounts with roles on the server of the shared node, given directly in Postgres. */
public final class Roles {

    private Roles() {}

    /** Logs a user in whose role this is from now on. */
    public static Rest logIn(String role, String user) {
        Rest rest = Rest.logIn(TestNode.address(), user);
        give(role, user);
        return rest;
    }

    public static void give(String role, String user) {
        update("update account set server_role = ? where user_id = ?", role, user);
    }

    /** Makes members of all owners, which other tests have left. */
    public static void removeOwners() {
        update("update account set server_role = 'member' where server_role = 'owner'");
    }

    /** Code of a new invite. */
    public static String invite(Rest administrator, Map<String, Object> wanted) {
        return new JsonObject(administrator.post("/admin/invites", wanted).body()).getString("linkCode");
    }

    /** Forgets failed attempts with codes, which count for the address of all tests. */
    public static void forgetFailedLinks() {
        update("delete from log_in_attempt where user_id = '[links]'");
    }

    private static void update(String sql, Object... values) {
        try {
            Database.update(sql, values);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
