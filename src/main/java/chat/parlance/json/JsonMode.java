package chat.parlance.json;

import chat.parlance.auth.AuthService;
import chat.parlance.connection.Connection;
import chat.parlance.connection.ConnectionLimits;
import chat.parlance.connection.Entrance;
import chat.parlance.connection.Greeting;
import chat.parlance.connection.Language;
import chat.parlance.connection.RequestRate;
import chat.parlance.limit.RateLimits;
import chat.parlance.room.RoomService;

/**
 * The JSON language on one event loop.
 *
 * @param frames batches and signals for the JSON clients
 */
public record JsonMode(
        Greeting greeting,
        ConnectionLimits.LogIn limits,
        RoomService rooms,
        AuthService auth,
        RateLimits rates,
        JsonFrames frames)
        implements Language.Factory {

    /** @param entrance not used: frames name their rooms */
    @Override
    public Language of(Connection connection, Entrance entrance) {
        RequestRate rate = new RequestRate(rates, connection);
        return new JsonConversation(greeting, limits, rooms, auth, rate, frames, connection);
    }
}
