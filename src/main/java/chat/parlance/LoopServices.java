package chat.parlance;

import chat.parlance.account.InviteService;
import chat.parlance.account.InvitedRooms;
import chat.parlance.account.Registrations;
import chat.parlance.auth.AuthMeters;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.operations.Metrics;
import chat.parlance.persistence.Database;
import chat.parlance.room.EventStore;
import chat.parlance.room.PreferenceService;
import chat.parlance.room.ReadMarkers;
import chat.parlance.room.RoomService;
import chat.parlance.room.RoomStore;
import chat.parlance.room.SavedService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.SignalBus;
import chat.parlance.room.TailSettings;
import chat.parlance.room.Tails;
import chat.parlance.room.ThreadService;
import io.vertx.core.Context;
import java.time.Clock;

/**
 * Room services of one event loop, which its routes and its WebSockets share: a user's read marker is moved at most once
 * within an interval, whichever way the requests come. Belong to this event loop.
 *
 * @param scheduler of the event loop
 */
record LoopServices(
        RoomService rooms,
        EventStore events,
        ReadMarkers readMarkers,
        PreferenceService preferences,
        ThreadService threads,
        SavedService saved,
        Registrations registrations,
        InviteService invites,
        Scheduler scheduler) {

    /**
     * @param context of the calling event loop
     */
    static LoopServices of(Services services, ParlanceConfig config, Metrics metrics, Context context) {
        SignalBus signals = services.bus().signals();
        Scheduler scheduler = Services.scheduler(context);
        EventStore events = services.database().events();
        RoomStore store = services.database().rooms();
        TailSettings tails = config.tails().ofLoops(config.websocket().loops());
        RoomService rooms = new RoomService(events, store, new Tails(store, tails, metrics.rooms()), config.room());
        return new LoopServices(
                rooms,
                events,
                new ReadMarkers(rooms, signals, scheduler, config.signal()),
                new PreferenceService(rooms, services.database().preferences(), signals),
                new ThreadService(rooms, services.database().threads(), signals),
                new SavedService(rooms, services.database().saved(), signals),
                registrations(services, config, metrics.auth(), rooms),
                new InviteService(services.accounts(), services.database().invites(), rooms, Clock.systemUTC()),
                scheduler);
    }

    private static Registrations registrations(
            Services services, ParlanceConfig config, AuthMeters meters, RoomService rooms) {
        Database database = services.database();
        return new Registrations(
                config.registration(),
                new Registrations.Stores(database.users(), database.accounts(), database.invites()),
                services.passwords(),
                services.links(),
                meters,
                new InvitedRooms(database.invites(), rooms));
    }
}
