package chat.parlance.account;

import chat.parlance.auth.AuthMeters;
import chat.parlance.auth.LinkAttempts;
import chat.parlance.auth.NewAccount;
import chat.parlance.auth.NewPasswords;
import chat.parlance.auth.Requester;
import chat.parlance.auth.UserStore;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.User;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** New accounts and new passwords of people who are not logged in. Belongs to the event loop of its {@link InvitedRooms}. */
public final class Registrations {

    /**
     * Stores of accounts.
     *
     * @param users for those that nobody invited
     */
    public record Stores(UserStore users, AccountStore accounts, InviteStore invites) {}

    private final RegistrationPolicy policy;
    private final Stores stores;
    private final NewPasswords passwords;
    private final LinkAttempts attempts;
    private final AuthMeters meters;
    private final InvitedRooms invitedRooms;

    public Registrations(
            RegistrationPolicy policy,
            Stores stores,
            NewPasswords passwords,
            LinkAttempts attempts,
            AuthMeters meters,
            InvitedRooms invitedRooms) {
        this.policy = policy;
        this.stores = stores;
        this.passwords = passwords;
        this.attempts = attempts;
        this.meters = meters;
        this.invitedRooms = invitedRooms;
    }

    public RegistrationPolicy policy() {
        return policy;
    }

    /**
     * Registers a user. Fails with {@code registration.closed}, {@code link.invalid}, {@code user.exists}, {@code
     * password.weak}, {@code bad_request} or {@code rate.limited}. A requester that disconnects before the password is
     * hashed gets no account.
     *
     * @param invite the code of an invite, null without one
     * @return the account as stored
     */
    public Future<User> register(NewPasswords.Wanted wanted, @Nullable String invite, Requester requester) {
        if (policy == RegistrationPolicy.CLOSED || (policy == RegistrationPolicy.INVITE && invite == null)) {
            return Future.failedFuture(new ChatException(ErrorCode.REGISTRATION_CLOSED));
        }
        Future<User> registered = invite == null
                ? passwords
                        .account(wanted, requester)
                        .compose(account -> stores.users().create(account).map(user(account)))
                : register(wanted, LinkCode.parse(LinkCode.Kind.INVITE, invite), requester);
        return registered.onSuccess(user -> meters.registered());
    }

    private Future<User> register(NewPasswords.Wanted wanted, LinkCode code, Requester requester) {
        return attempts.find(requester, () -> stores.invites().find(code))
                .compose(invite -> passwords.account(wanted, requester))
                .compose(account -> stores.invites()
                        .use(code, account)
                        .compose(used -> invitedRooms.enter(used.orElseThrow(Registrations::invalid), account.user()))
                        .map(user(account)));
    }

    /** Makes the first owner. Fails with {@code link.invalid}, and like {@link #register}. */
    public Future<User> createFirstOwner(NewPasswords.Wanted wanted, String setupCode, Requester requester) {
        LinkCode code = LinkCode.parse(LinkCode.Kind.OWNER, setupCode);
        return attempts.find(requester, () -> stores.accounts().setup(code))
                .compose(valid -> passwords.account(wanted, requester))
                .compose(account -> stores.accounts()
                        .createFirstOwner(code, account)
                        .map(made -> {
                            if (!made) {
                                throw invalid();
                            }
                            return user(account);
                        }))
                .onSuccess(user -> meters.registered());
    }

    /**
     * Replaces a forgotten password, and ends all sessions of the account. Fails with {@code link.invalid}, {@code
     * password.weak}, {@code bad_request} or {@code rate.limited}.
     */
    public Future<Void> resetPassword(String resetCode, String newPassword, Requester requester) {
        LinkCode code = LinkCode.parse(LinkCode.Kind.PASSWORD, resetCode);
        return attempts.find(requester, () -> stores.accounts().ofReset(code))
                .compose(account -> passwords.hash(
                        new NewPasswords.Wanted(account.user(), newPassword, account.name(), account.email()),
                        requester))
                .compose(hash -> stores.accounts().reset(code, hash))
                .map(done -> {
                    if (!done) {
                        throw invalid();
                    }
                    return null;
                });
    }

    private static User user(NewAccount account) {
        return new User(account.user(), account.name(), false, false);
    }

    private static ChatException invalid() {
        return new ChatException(ErrorCode.LINK_INVALID);
    }
}
