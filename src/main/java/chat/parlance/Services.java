package chat.parlance;

import chat.parlance.auth.AuthService;
import chat.parlance.auth.LogInSweeper;
import chat.parlance.auth.LoginThrottle;
import chat.parlance.auth.PasswordHasher;
import chat.parlance.auth.PasswordRules;
import chat.parlance.auth.Revocations;
import chat.parlance.auth.TokenService;
import chat.parlance.auth.UserDirectory;
import chat.parlance.cluster.Cluster;
import chat.parlance.cluster.ClusterNodeBus;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.http.ApiDescription;
import chat.parlance.limit.RateLimits;
import chat.parlance.operations.Metrics;
import chat.parlance.persistence.Database;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.ChangeSet;
import chat.parlance.room.Scheduler;
import chat.parlance.room.StorePoll;
import chat.parlance.search.SearchService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * Services that the event loops of a node share.
 *
 * @param node the node's name, as clients see it
 * @param description of the REST API
 */
record Services(
        Vertx vertx,
        String node,
        ApiDescription description,
        ClusterNodeBus bus,
        Database database,
        StorePoll watch,
        LogInSweeper sweeper,
        SearchService searches,
        RateLimits rates,
        AuthService auth,
        UserDirectory directory) {

    private static final int LIMITS_REPORT_MS = 250;
    private static final int LIMITS_SWEEP_MS = 10_000;

    /** Starts the services; completes when the store has answered. */
    static Future<Services> start(
            Cluster cluster, NodeSettings settings, PostgresUri uri, String key, Metrics metrics) {
        Vertx vertx = cluster.vertx();
        return ApiDescription.load(vertx)
                .compose(description -> cluster.bus(settings.bus(), metrics.peers())
                        .compose(bus -> {
                            metrics.countPeers(bus::peers);
                            metrics.observeCluster(cluster::health, cluster::members);
                            Database database = Database.of(vertx, uri, settings.database(), bus, metrics.store());
                            metrics.observePools(database::pool);
                            RateLimits rates = rates(vertx, settings, bus, metrics);
                            Revocations revocations = new Revocations(settings.revocationsKept(), System::nanoTime);
                            Services services = new Services(
                                    vertx,
                                    settings.name(cluster.nodeId()),
                                    description,
                                    bus,
                                    database,
                                    watch(vertx, settings, database, revocations),
                                    LogInSweeper.start(vertx, database.logInSweep(), settings.sweep()),
                                    new SearchService(
                                            database.searches(),
                                            settings.searchLanguages(),
                                            settings.config().search().pageLimit()),
                                    rates,
                                    auth(vertx, settings, key, database, revocations, rates, metrics),
                                    new UserDirectory(
                                            database.users(),
                                            settings.config().directory().open()));
                            return services.watch().answered().map(answered -> services);
                        }));
    }

    /** Stops the polls and then closes the connections to Postgres, so that no poll meets a closed one. */
    Future<Void> close() {
        return Future.join(watch.stop(), sweeper.stop())
                .onSuccess(stopped -> database.close())
                .mapEmpty();
    }

    /** Scheduler of one event loop. */
    static Scheduler scheduler(Context context) {
        return new Scheduler() {
            @Override
            public void after(long delayMs, Runnable action) {
                context.owner().setTimer(delayMs, fired -> context.runOnContext(turn -> action.run()));
            }

            @Override
            public void execute(Runnable action) {
                context.runOnContext(turn -> action.run());
            }
        };
    }

    /** The node's single poll of the store, on an event loop of its own. Revoked sessions are processed first. */
    private static StorePoll watch(Vertx vertx, NodeSettings settings, Database database, Revocations revocations) {
        ChangeLog changes = database.changes(settings.revocationsKept());
        return StorePoll.start(
                new ChangeLog() {
                    @Override
                    public Future<ChangeSet> since(String mark) {
                        return changes.since(mark).onSuccess(looked -> revocations.add(looked.revoked()));
                    }

                    @Override
                    public void giveUp() {
                        changes.giveUp();
                    }
                },
                scheduler(vertx.getOrCreateContext()),
                settings.watch(),
                System::nanoTime);
    }

    private static RateLimits rates(Vertx vertx, NodeSettings settings, ClusterNodeBus bus, Metrics metrics) {
        RateLimits rates = new RateLimits(settings.rates(), bus.usage(), metrics.limits(), System::nanoTime);
        metrics.countConnections(
                rates::openConnections, settings.config().limits().connections());
        vertx.setPeriodic(LIMITS_REPORT_MS, tick -> rates.report());
        vertx.setPeriodic(LIMITS_SWEEP_MS, tick -> rates.sweep());
        return rates;
    }

    private static AuthService auth(
            Vertx vertx,
            NodeSettings settings,
            String key,
            Database database,
            Revocations revocations,
            RateLimits rates,
            Metrics metrics) {
        PasswordHasher hasher = new PasswordHasher(vertx, settings.passwordCost(), settings.hashes());
        metrics.countHashes(hasher::queued);
        ParlanceConfig.Auth auth = settings.config().auth();
        Clock clock = Clock.systemUTC();
        return new AuthService(
                database.users(),
                database.sessions(),
                hasher,
                new TokenService(vertx, key, auth.issuer(), auth.accessTokenSeconds(), clock),
                revocations,
                new LoginThrottle(vertx, database.logInAttempts()),
                rates,
                new PasswordRules(settings.siteWords()),
                metrics.auth(),
                clock,
                settings.refreshTokenLife(),
                settings.refreshGrace());
    }
}
