package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * Table of the costs of the append beside plain inserts: {@code mvn verify -Pappend-bench}. No part of the tests, for
 * it takes minutes.
 */
final class AppendBench {

    private static final int ROUNDS = Integer.getInteger("append.rounds", 5);
    private static final int TURN_MS = Integer.getInteger("append.turnMs", 1000);
    private static final int[][] SHAPES = {{1, 1}, {20, 1}, {20, 50}, {100, 1}, {100, 50}, {500, 1}, {500, 50}};

    @Test
    void shouldMeasureTheAppend() throws SQLException {
        try (AppendCosts costs = new AppendCosts()) {
            System.out.println(AppendCosts.HEADER);
            for (int[] shape : SHAPES) {
                AppendCosts.Row row = costs.measure(shape[0], shape[1], ROUNDS, TURN_MS);
                System.out.println(row);
                assertThat(row.append().perSecond()).isPositive();
            }
        }
    }
}
