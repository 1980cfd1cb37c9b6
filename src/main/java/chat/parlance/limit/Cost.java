package chat.parlance.limit;

/** What something costs of a limit on messages; ten that change nothing cost as much as one that does. */
public enum Cost {
    READ(1),
    WRITE(10);

    private final int tokens;

    Cost(int tokens) {
        this.tokens = tokens;
    }

    int tokens() {
        return tokens;
    }
}
