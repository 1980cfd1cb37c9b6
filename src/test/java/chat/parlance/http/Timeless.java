package chat.parlance.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Answers without what differs each time, to be compared with the examples. */
final class Timeless {

    /** Members that differ each time. */
    private static final Set<String> VOLATILE = Set.of(
            "at",
            "savedAt",
            "stamp",
            "headStamp",
            "accessToken",
            "refreshToken",
            "sessionId",
            "createdAt",
            "usedAt",
            "agent",
            "node",
            "revision",
            "linkCode",
            "inviteId",
            "tokenId",
            "token",
            "auditId",
            "expiresAt");

    private Timeless() {}

    /** An answer without the members that differ each time. */
    static Object of(Object answer) {
        return switch (answer) {
            case JsonObject object -> {
                JsonObject kept = new JsonObject();
                object.forEach(member ->
                        kept.put(member.getKey(), VOLATILE.contains(member.getKey()) ? "" : of(member.getValue())));
                yield kept;
            }
            case JsonArray array ->
                new JsonArray(array.stream().map(Timeless::of).toList());
            default -> answer;
        };
    }
}
