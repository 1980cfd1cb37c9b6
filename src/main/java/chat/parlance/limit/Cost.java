package chat.parlance.limit;

/**
 * Cost of an action in tokens of a limit on messages; ten actions that change nothing cost as much as one that does.
 */
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
