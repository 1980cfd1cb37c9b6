package chat.parlance.account;

/** Ways to get an account, besides those of the command line. */
public enum RegistrationPolicy {
    /** Everybody can register. */
    OPEN,
    /** Only people with an invite can register. */
    INVITE,
    /** Nobody can register; invites are refused too. */
    CLOSED
}
