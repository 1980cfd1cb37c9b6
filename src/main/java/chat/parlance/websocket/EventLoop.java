package chat.parlance.websocket;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.UserDirectory;
import chat.parlance.limit.RateLimits;
import chat.parlance.room.PreferenceService;
import chat.parlance.room.ReadMarkers;
import chat.parlance.room.RoomHub;
import chat.parlance.room.RoomService;
import chat.parlance.room.SavedService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.SignalHub;
import chat.parlance.room.ThreadService;
import chat.parlance.search.SearchService;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/**
 * Objects that the connections of one event loop share.
 *
 * @param node the node's name, as clients see it
 * @param scheduler of the event loop
 */
record EventLoop(
        String node,
        RoomHub hub,
        RoomService rooms,
        SignalHub signals,
        ReadMarkers readMarkers,
        PreferenceService preferences,
        ThreadService threads,
        SavedService saved,
        SearchService searches,
        AuthService auth,
        UserDirectory directory,
        RateLimits rates,
        ConnectionLimits limits,
        ConnectionMeters meters,
        Flusher flusher,
        SharedFrames frames,
        Clock clock,
        Scheduler scheduler,
        Set<Connection> connections) {

    EventLoop(
            String node,
            WebSocketVerticle.Rooms rooms,
            SearchService searches,
            AuthService auth,
            UserDirectory directory,
            RateLimits rates,
            ConnectionLimits limits,
            ConnectionMeters meters,
            Flusher flusher,
            SharedFrames frames,
            Clock clock) {
        this(
                node,
                rooms.hub(),
                rooms.service(),
                rooms.signals(),
                rooms.readMarkers(),
                rooms.preferences(),
                rooms.threads(),
                rooms.saved(),
                searches,
                auth,
                directory,
                rates,
                limits,
                meters,
                flusher,
                frames,
                clock,
                rooms.scheduler(),
                new HashSet<>());
    }
}
