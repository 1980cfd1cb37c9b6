package chat.parlance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parlance.auth.ScopedOperation.Place;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Grant;
import chat.parlance.model.Principal;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import chat.parlance.testing.ApiSchemas;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of scopes: each operation with each scope, and with a limit to rooms. */
final class ScopedOperationTest {

    private static final RoomId GARDEN = new RoomId("garden");
    private static final RoomId CELLAR = new RoomId("cellar");

    /** Operations that need a log-in, each with its path. */
    private static Map<String, String> described() {
        Map<String, String> paths = new TreeMap<>();
        new ApiSchemas()
                .openApi()
                .getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .stream()
                                .filter(member -> member.getValue() instanceof JsonObject)
                                .map(member -> (JsonObject) member.getValue())
                                .filter(operation -> !new JsonArray().equals(operation.getJsonArray("security")))
                                .forEach(operation -> paths.put(operation.getString("operationId"), path.getKey())));
        return paths;
    }

    @Test
    void shouldHaveARowForEachOperationThatNeedsALogIn() {
        assertThat(Stream.of(ScopedOperation.values()).map(ScopedOperation::operationId))
                .containsExactlyInAnyOrderElementsOf(described().keySet());
        assertThatThrownBy(() -> ScopedOperation.of("logIn")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldKnowTheOperationsOfOneRoom() {
        Map<String, String> paths = described();
        assertThat(EnumSet.allOf(ScopedOperation.class))
                .filteredOn(operation -> operation != ScopedOperation.JOIN_ANY_ROOM)
                .allSatisfy(operation -> assertThat(operation.place() == Place.ROOM)
                        .as(operation.operationId())
                        .isEqualTo(paths.get(operation.operationId()).contains("{roomId}")));
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeedExactlyTheScopeOfItsRow(ScopedOperation operation) {
        RoomId room = operation.place() == Place.ROOM ? GARDEN : null;
        assertThat(allows(operation, Grant.WHOLE, room)).isTrue();
        boolean needsNothing = operation.scope().isEmpty() && !operation.needsLogIn();
        for (Scope scope : Scope.values()) {
            boolean suffices = operation.scope().filter(scope::equals).isPresent() || needsNothing;
            assertThat(allows(operation, Grant.of(Set.of(scope), Set.of()), room))
                    .as(scope.toString())
                    .isEqualTo(suffices);
        }
        Set<Scope> all = EnumSet.allOf(Scope.class);
        assertThat(allows(operation, Grant.of(all, Set.of(GARDEN)), room))
                .isEqualTo(needsNothing || operation.place() == Place.ROOM);
        assertThat(allows(operation, Grant.of(all, Set.of(CELLAR)), room)).isEqualTo(needsNothing);
    }

    private static boolean allows(ScopedOperation operation, Grant grant, @Nullable RoomId room) {
        try {
            operation.require(
                    new Principal(new UserId("bob"), new SessionId(new UUID(0, 0)), Instant.EPOCH, grant), room);
            return true;
        } catch (ChatException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.TOKEN_SCOPE);
            return false;
        }
    }
}
