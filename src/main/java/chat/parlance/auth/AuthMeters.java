package chat.parlance.auth;

/** Counters of accounts. May be called from any thread. */
public interface AuthMeters {

    void triedToLogIn(LogInOutcome outcome);

    void registered();
}
