package chat.parlance;

import chat.parlance.account.AccountService;
import chat.parlance.account.InvitedRooms;
import chat.parlance.account.IssuedTokens;
import chat.parlance.auth.AuthService;
import chat.parlance.auth.AuthSettings;
import chat.parlance.auth.LinkAttempts;
import chat.parlance.auth.LogInSweeper;
import chat.parlance.auth.LoginThrottle;
import chat.parlance.auth.NewPasswords;
import chat.parlance.auth.PasswordHasher;
import chat.parlance.auth.PasswordRules;
import chat.parlance.auth.Revocations;
import chat.parlance.auth.SigningKeys;
import chat.parlance.auth.TokenService;
import chat.parlance.auth.UserDirectory;
import chat.parlance.cluster.Cluster;
import chat.parlance.cluster.ClusterNodeBus;
import chat.parlance.config.NodeConfig;
import chat.parlance.config.ParlanceConfig;
import chat.parlance.http.ApiDescription;
import chat.parlance.limit.RateLimits;
import chat.parlance.operations.Metrics;
import chat.parlance.persistence.Database;
import chat.parlance.persistence.PostgresUri;
import chat.parlance.room.ChangeLog;
import chat.parlance.room.ChangeSet;
import chat.parlance.room.RoomService;
import chat.parlance.room.Scheduler;
import chat.parlance.room.StorePoll;
import chat.parlance.search.SearchService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

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
        NewPasswords passwords,
        LinkAttempts links,
        AccountService accounts,
        IssuedTokens tokens,
        UserDirectory directory) {

    private static final int LIMITS_REPORT_MS = 250;
    private static final int LIMITS_SWEEP_MS = 10_000;

    /** Starts the services; completes when the store has answered. */
    static Future<Services> start(
            Cluster cluster, ParlanceConfig config, PostgresUri uri, String key, Metrics metrics) {
        Vertx vertx = cluster.vertx();
        return ApiDescription.load(vertx)
                .compose(description -> cluster.bus(config.cluster().bus(), config.presence(), metrics.peers())
                        .compose(bus -> {
                            metrics.countPeers(bus::peers);
                            metrics.observeCluster(cluster::health, cluster::members);
                            Database database = Database.of(vertx, uri, database(config), bus, metrics.store());
                            metrics.observePools(database::pool);
                            RateLimits rates = rates(vertx, config, bus, metrics);
                            resumeInvitedRooms(vertx, config, database);
                            PasswordHasher hasher =
                                    new PasswordHasher(vertx, config.auth().hashing());
                            metrics.countHashes(hasher::queued);
                            PasswordRules rules = new PasswordRules(siteWords(config));
                            LoginThrottle throttle = new LoginThrottle(vertx, database.logInAttempts());
                            Revocations revocations =
                                    new Revocations(config.auth().revocationsKept(), System::nanoTime);
                            Services services = new Services(
                                    vertx,
                                    config.node().nameOr(cluster.nodeId()),
                                    description,
                                    bus,
                                    database,
                                    watch(vertx, config, database, revocations),
                                    LogInSweeper.start(vertx, database.logInSweep(), config.auth()),
                                    new SearchService(database.searches(), config.search()),
                                    rates,
                                    new AuthService(
                                            database.users(),
                                            database.sessions(),
                                            database.accessTokens(),
                                            hasher,
                                            tokens(vertx, key, config.auth(), database),
                                            revocations,
                                            throttle,
                                            rates,
                                            rules,
                                            metrics.auth(),
                                            Clock.systemUTC(),
                                            config.auth().lifetimes()),
                                    new NewPasswords(rules, hasher, rates),
                                    new LinkAttempts(throttle, rates),
                                    new AccountService(database.accounts(), database.audit()),
                                    new IssuedTokens(database.accounts(), database.tokens(), Clock.systemUTC()),
                                    new UserDirectory(database.users(), config.directory()));
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
    private static StorePoll watch(Vertx vertx, ParlanceConfig config, Database database, Revocations revocations) {
        ChangeLog changes = database.changes(config.auth().revocationsKept());
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
                config.watch(),
                System::nanoTime);
    }

    private static void resumeInvitedRooms(Vertx vertx, ParlanceConfig config, Database database) {
        InvitedRooms invited = new InvitedRooms(
                database.invites(), new RoomService(database.events(), database.rooms(), config.room()));
        vertx.setPeriodic(InvitedRooms.INTERVAL.toMillis(), tick -> invited.resume());
    }

    private static RateLimits rates(Vertx vertx, ParlanceConfig config, ClusterNodeBus bus, Metrics metrics) {
        RateLimits rates = new RateLimits(config.limits(), bus.usage(), metrics.limits(), System::nanoTime);
        metrics.countConnections(
                rates::openConnections, config.limits().connections().connections());
        vertx.setPeriodic(LIMITS_REPORT_MS, tick -> rates.report());
        vertx.setPeriodic(LIMITS_SWEEP_MS, tick -> rates.sweep());
        return rates;
    }

    private static TokenService tokens(Vertx vertx, String key, AuthSettings auth, Database database) {
        Clock clock = Clock.systemUTC();
        SigningKeys keys = new SigningKeys(vertx, key, auth.issuer(), database.signingKeys(), clock, System::nanoTime);
        return new TokenService(keys, key, auth.issuer(), auth.lifetimes().accessTokenSeconds(), clock);
    }

    /** Names of the site, which are refused as passwords. */
    static List<String> siteWords(ParlanceConfig config) {
        List<String> words = new ArrayList<>(List.of("parlance", config.auth().issuer()));
        config.http().allowedOrigins().forEach(origin -> words.add(origin.replaceFirst("https?://", "")));
        return words;
    }

    static Database.Settings database(ParlanceConfig config) {
        return new Database.Settings(
                config.postgres(),
                config.persistence(),
                config.search().turns(),
                config.auth().logIns(),
                config.room(),
                config.limits().roomsOfUser(),
                config.node().has(NodeConfig.Role.PERSISTENCE));
    }
}
