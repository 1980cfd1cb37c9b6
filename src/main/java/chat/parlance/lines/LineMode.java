package chat.parlance.lines;

import chat.parlance.connection.Connection;
import chat.parlance.connection.ConnectionLimits;
import chat.parlance.connection.Entrance;
import chat.parlance.connection.Greeting;
import chat.parlance.connection.Language;
import chat.parlance.connection.SharedFrames;
import chat.parlance.limit.RateLimits;
import chat.parlance.room.Scheduler;

/**
 * Line mode on one event loop.
 *
 * @param frames batches for the connections in line mode
 * @param scheduler of the event loop
 */
public record LineMode(
        Greeting greeting,
        ConnectionLimits.LogIn limits,
        LineServices services,
        RateLimits rates,
        SharedFrames frames,
        Scheduler scheduler)
        implements Language.Factory {

    @Override
    public Language of(Connection connection, Entrance entrance) {
        LineSession session =
                new LineSession(services, connection, entrance, principal -> greeting.to(null, principal));
        LineRate rate = new LineRate(rates, scheduler, connection);
        return new LineConversation(connection, session, rate, frames, limits.lineLoginTimeoutMs());
    }
}
