package chat.parlance.auth;

import chat.parlance.error.ChatException;
import chat.parlance.limit.RateLimits;
import chat.parlance.model.TextRules;
import chat.parlance.model.UserId;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Checks and hashes the passwords of new accounts and those that replace another. May be called from any event loop. */
public final class NewPasswords {

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_EMAIL_LENGTH = 254;

    /** Account or new password as a person typed it. */
    public record Wanted(
            UserId user,
            String password,
            String name,
            @Nullable String email) {

        /** Hides the password. */
        @Override
        public String toString() {
            return user.toString();
        }
    }

    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final RateLimits limits;

    public NewPasswords(PasswordRules rules, PasswordHasher hasher, RateLimits limits) {
        this.rules = rules;
        this.hasher = hasher;
        this.limits = limits;
    }

    /** Fails with {@code bad_request}, {@code password.weak}, {@code rate.limited} or {@code server.overloaded}. */
    public Future<NewAccount> account(Wanted wanted, Requester requester) {
        limits.registration(requester.address());
        String name = name(wanted.name());
        String email = email(wanted.email());
        return hash(new Wanted(wanted.user(), wanted.password(), name, email), requester)
                .map(hash -> new NewAccount(wanted.user(), name, email, hash));
    }

    /** Hash of a new password; fails with {@code bad_request}, {@code password.weak} or {@code server.overloaded}. */
    public Future<String> hash(Wanted wanted, Requester requester) {
        return hasher.hash(rules.check(wanted.password(), wanted.user(), wanted.name(), wanted.email()), requester);
    }

    /**
     * Display name as stored.
     *
     * @throws chat.parlance.error.ChatException with {@code bad_request}
     */
    public static String name(String typed) {
        return TextRules.personName(typed, MAX_NAME_LENGTH);
    }

    /** E-mail address as stored, null for a blank one. */
    private static @Nullable String email(@Nullable String typed) {
        if (typed == null || TextRules.isBlank(typed)) {
            return null;
        }
        String email = TextRules.stripped(typed);
        if (email.length() > MAX_EMAIL_LENGTH || !email.matches("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+")) {
            throw ChatException.badRequest("The e-mail address is malformed");
        }
        return email;
    }
}
