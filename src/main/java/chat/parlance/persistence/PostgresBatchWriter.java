package chat.parlance.persistence;

import chat.parlance.error.ErrorCode;
import chat.parlance.room.NewMessage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Appends batches by the SQL function {@code append_messages}, which the migrations hold and explain. */
final class PostgresBatchWriter implements BatchWriter {

    private static final String APPEND = """
        select outcome, seq, at from append_messages($1, $2, $3, $4)
        """;

    /** A client id that races through two rooms fails the batch of the loser; it wins or is a conflict on the next. */
    private static final int MAX_RACES = 5;

    private final Statements statements;

    PostgresBatchWriter(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<List<AppendOutcome>> write(List<NewMessage> batch) {
        Tuple parameters = Tuple.of(
                column(batch, message -> message.room().value()),
                column(batch, message -> message.sender().value()),
                column(batch, message -> message.id().value()),
                column(batch, NewMessage::text));
        return write(parameters, batch.size(), MAX_RACES);
    }

    private Future<List<AppendOutcome>> write(Tuple parameters, int size, int races) {
        return statements
                .run(APPEND, parameters)
                .map(rows -> outcomes(rows, size))
                .recover(failure -> races > 0 && Statements.isUniqueViolation(failure)
                        ? write(parameters, size, races - 1)
                        : Future.failedFuture(failure));
    }

    private static String[] column(List<NewMessage> batch, Function<NewMessage, String> value) {
        return batch.stream().map(value).toArray(String[]::new);
    }

    private static List<AppendOutcome> outcomes(RowSet<Row> rows, int size) {
        List<AppendOutcome> outcomes = new ArrayList<>(size);
        for (Row row : rows) {
            outcomes.add(outcome(row));
        }
        if (outcomes.size() != size) {
            throw new IllegalStateException(outcomes.size() + " outcomes for " + size + " messages");
        }
        return outcomes;
    }

    private static AppendOutcome outcome(Row row) {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "stored" -> new AppendOutcome.Stored(row.getLong("seq"), EventRow.instant(row, "at"));
            case "duplicate" -> new AppendOutcome.Duplicate(row.getLong("seq"));
            case "conflict" -> new AppendOutcome.Refused(ErrorCode.MESSAGE_ID_CONFLICT);
            case "not_member" -> new AppendOutcome.Refused(ErrorCode.ROOM_NOT_FOUND);
            default -> throw new IllegalStateException("outcome " + outcome);
        };
    }
}
