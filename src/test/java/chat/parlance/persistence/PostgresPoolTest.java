package chat.parlance.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.error.ChatException;
import chat.parlance.log.Condition;
import chat.parlance.testing.NoMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.helpers.NOPLogger;

@ExtendWith(VertxExtension.class)
final class PostgresPoolTest {

    @Test
    void shouldRefuseWorkThatComesAfterTheCloseWithoutAFailureOfPostgres(Vertx vertx) {
        Condition failing = Condition.of(NOPLogger.NOP_LOGGER, "fails", "answers");
        PostgresPool pool = new PostgresPool(
                PgBuilder.pool()
                        .connectingTo(new PgConnectOptions())
                        .using(vertx)
                        .build(),
                Workload.READS,
                1,
                new NoMeters(),
                failing);
        pool.close();
        Future<?> late = pool.run(client -> client.query("select 1").execute());
        assertThat(late.cause()).isInstanceOf(ChatException.class);
        assertThat(pool.pending()).isZero();
    }
}
