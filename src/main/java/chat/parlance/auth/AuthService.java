package chat.parlance.auth;

import chat.parlance.auth.LogInAttempts.Source;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.Principal;
import chat.parlance.model.SessionId;
import chat.parlance.model.User;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Logs users in and out, and authenticates tokens. May be called from any event loop. */
public final class AuthService {

    private static final int MAX_AGENT_LENGTH = 200;

    private final UserStore users;
    private final SessionStore sessions;
    private final AccessTokenStore accessTokens;
    private final PasswordHasher hasher;
    private final TokenService tokens;
    private final Revocations revocations;
    private final LoginThrottle throttle;
    private final RateLimits limits;
    private final PasswordRules passwords;
    private final AuthMeters meters;
    private final Clock clock;
    private final Duration sessionLength;
    private final Duration refreshGrace;

    /** A hash that no password matches, so that an unknown user costs as much as a known one. */
    private final UserStore.StoredPassword nobody;

    public AuthService(
            UserStore users,
            SessionStore sessions,
            AccessTokenStore accessTokens,
            PasswordHasher hasher,
            TokenService tokens,
            Revocations revocations,
            LoginThrottle throttle,
            RateLimits limits,
            PasswordRules passwords,
            AuthMeters meters,
            Clock clock,
            AuthSettings.Lifetimes lifetimes) {
        this.users = users;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.hasher = hasher;
        this.tokens = tokens;
        this.revocations = revocations;
        this.throttle = throttle;
        this.limits = limits;
        this.passwords = passwords;
        this.meters = meters;
        this.clock = clock;
        this.sessionLength = lifetimes.refreshToken();
        this.refreshGrace = lifetimes.refreshGrace();
        this.nobody = new UserStore.StoredPassword(hasher.unmatchable(), 0);
    }

    /**
     * Logs a user in. Fails with {@code auth.invalid_credentials}, with the same answer after the same work for an
     * unknown user and a wrong password, or {@code auth.too_many_failures} or {@code rate.limited}. A requester that
     * disconnects before the answer leaves no session behind.
     */
    public Future<Tokens> logIn(UserId user, String password, Requester requester) {
        return verify(user, password, requester)
                .compose(proved -> renewHash(user, proved, requester))
                .compose(proved -> requester.isGone() ? gone() : open(user, proved, requester))
                .compose(opened -> requester.isGone()
                        ? sessions.revoke(opened.principal().session()).compose(revoked -> gone())
                        : Future.succeededFuture(opened))
                .onSuccess(opened -> meters.triedToLogIn(LogInOutcome.SUCCESS))
                .onFailure(failure -> meters.triedToLogIn(LogInOutcome.of(failure)));
    }

    /** Failure for a requester that has disconnected; no client receives it. */
    private static Future<Tokens> gone() {
        return Future.failedFuture(new ChatException(ErrorCode.SERVER_OVERLOADED));
    }

    /**
     * Changes the principal's password and ends all other sessions of the user, whose holders may know the old
     * password. Fails with {@code auth.invalid_credentials} for a wrong password, {@code auth.too_many_failures},
     * {@code password.weak} or {@code bad_request}.
     */
    public Future<Void> changePassword(Principal principal, String password, String newPassword, Requester requester) {
        UserId user = principal.user();
        return users.find(user)
                .map(found ->
                        passwords.check(newPassword, user, found.map(User::name).orElse(""), null))
                .compose(checked -> verify(user, password, requester)
                        .compose(proved -> hasher.hash(checked, requester)
                                .compose(hash ->
                                        users.changePassword(user, proved.version(), hash, principal.session()))))
                .compose(AuthService::unlessChanged);
    }

    /** The sessions of the principal's user, the most recently used one first. */
    public Future<List<OpenSession>> sessions(Principal principal) {
        return sessions.of(principal.user());
    }

    /** Ends one of the user's own sessions; fails with {@code not_found} when the user has no such session. */
    public Future<Void> endSession(Principal principal, SessionId session) {
        return sessions.revoke(principal.user(), session)
                .compose(ended ->
                        ended ? Future.succeededFuture() : Future.failedFuture(new ChatException(ErrorCode.NOT_FOUND)));
    }

    /** Ends all sessions of the principal's user but its own. */
    public Future<Void> endOtherSessions(Principal principal) {
        return sessions.revokeAll(principal.user(), Optional.of(principal.session()));
    }

    /** Ends all sessions of the principal's user, this one too. */
    public Future<Void> logOutEverywhere(Principal principal) {
        return sessions.revokeAll(principal.user(), Optional.empty());
    }

    /**
     * Renews the tokens of a session. Fails with {@code auth.invalid_token}; the reuse of a used token also ends its
     * session, unless its holder has just lost the answer.
     */
    public Future<Tokens> refresh(String refreshToken, TokenHolder holder) {
        RefreshToken used = new RefreshToken(refreshToken);
        RefreshToken next = tokens.successor(used);
        return sessions.rotate(used, next, holder.mark(), holder.address(), refreshGrace)
                .compose(found -> found.map(session -> tokens(session.user(), session.id(), session.expiresAt(), next))
                        .orElseGet(() -> Future.failedFuture(new ChatException(ErrorCode.AUTH_INVALID_TOKEN))));
    }

    /** Ends the principal's session: its tokens are invalid from now on, and its sockets close soon. */
    public Future<Void> logOut(Principal principal) {
        return sessions.revoke(principal.session()).onSuccess(revoked -> revocations.add(Set.of(principal.session())));
    }

    /**
     * Authenticates the access token of a log-in, or a personal or bot token. Fails with {@code auth.invalid_token} when
     * the token is invalid or its session has ended.
     */
    public Future<Principal> authenticate(String accessToken) {
        if (AccessToken.isOne(accessToken)) {
            return find(accessToken);
        }
        return tokens.check(accessToken)
                .compose(principal -> sessions.active(Set.of(principal.session()))
                        .map(active -> {
                            if (active.isEmpty()) {
                                throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN);
                            }
                            return principal;
                        }));
    }

    private Future<Principal> find(String typed) {
        return Future.succeededFuture(typed)
                .map(AccessToken::parse)
                .compose(accessTokens::find)
                .map(found -> {
                    AccessTokenStore.Found valid =
                            found.orElseThrow(() -> new ChatException(ErrorCode.AUTH_INVALID_TOKEN));
                    if (valid.mustRecord()) {
                        // No request waits for this; a use that is not recorded is recorded by the next one.
                        accessTokens.recordUse(valid.principal());
                    }
                    return valid.principal();
                });
    }

    /**
     * Authenticates a new connection, by the access token of a log-in without a query of the store. Of revoked sessions it knows those that the node's
     * polls have reported, as for open connections. So many clients that reconnect at once cost nothing here.
     */
    public Future<Principal> recognize(String accessToken) {
        if (AccessToken.isOne(accessToken)) {
            return find(accessToken);
        }
        return tokens.check(accessToken).map(principal -> {
            if (isRevoked(principal.session())) {
                throw new ChatException(ErrorCode.AUTH_INVALID_TOKEN);
            }
            return principal;
        });
    }

    /** True when a poll of this node has reported the session as revoked. */
    public boolean isRevoked(SessionId session) {
        return revocations.contains(session);
    }

    /** Sessions among the candidates that are still open. */
    public Future<Set<SessionId>> active(Collection<SessionId> candidates) {
        return sessions.active(candidates);
    }

    /** A proved password, in the form that is hashed, with its hash and version. */
    private record Proved(String password, String hash, int version) {}

    /** Refuses a password that was right when it was verified, but was changed before its use. */
    private static Future<Void> unlessChanged(boolean isStillThePassword) {
        return isStillThePassword
                ? Future.succeededFuture()
                : Future.failedFuture(new ChatException(ErrorCode.AUTH_INVALID_CREDENTIALS));
    }

    /** Verifies the user's password; does the same work when there is no such user. */
    private Future<Proved> verify(UserId user, String typed, Requester requester) {
        String address = requester.address();
        limits.logIn(address);
        // A text that no password can be takes as long as any other.
        String password = PasswordText.of(typed).orElse(typed);
        return throttle.attempt(
                        new Source(user, address),
                        () -> users.password(user).compose(found -> {
                            UserStore.StoredPassword stored = found.orElse(nobody);
                            return hasher.verify(password, stored.hash(), requester)
                                    .map(right -> right
                                            ? Optional.of(new Proved(password, stored.hash(), stored.version()))
                                            : Optional.empty());
                        }))
                .map(proved -> proved.orElseThrow(() -> new ChatException(ErrorCode.AUTH_INVALID_CREDENTIALS)));
    }

    private Future<Proved> renewHash(UserId user, Proved proved, Requester requester) {
        return hasher.isOutdated(proved.hash())
                ? hasher.hash(proved.password(), requester)
                        .compose(renewed -> users.renewPasswordHash(user, proved.version(), renewed))
                        .map(proved)
                : Future.succeededFuture(proved);
    }

    private Future<Tokens> open(UserId user, Proved proved, Requester requester) {
        SessionId session = new SessionId(UUID.randomUUID());
        RefreshToken refreshToken = tokens.refreshToken();
        Instant expiresAt = clock.instant().plus(sessionLength);
        return sessions.create(
                        session,
                        user,
                        proved.version(),
                        expiresAt,
                        refreshToken,
                        shortened(requester.agent()),
                        requester.address())
                .compose(AuthService::unlessChanged)
                .compose(opened -> tokens(user, session, expiresAt, refreshToken));
    }

    private Future<Tokens> tokens(UserId user, SessionId session, Instant expiresAt, RefreshToken refreshToken) {
        Principal principal = tokens.principal(user, session, expiresAt);
        return tokens.accessToken(principal)
                .map(text -> new Tokens(principal, text, refreshToken.text(), tokens.accessTokenSeconds()));
    }

    /** User agent as stored: a line without characters that Postgres or a screen cannot show. */
    private static String shortened(String agent) {
        String line = agent.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() <= MAX_AGENT_LENGTH ? line : line.substring(0, MAX_AGENT_LENGTH);
    }
}
