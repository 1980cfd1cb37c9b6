package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.model.SavedMessage;
import chat.parlance.model.SavedPage;
import chat.parlance.model.SavedPlace;
import chat.parlance.model.Stamp;
import chat.parlance.model.Target;
import chat.parlance.model.UserId;
import chat.parlance.room.SavedStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saved messages in the table {@code saved}. */
final class PostgresSaved implements SavedStore {

    private static final String SAVE = """
        with place as materialized (
            select e.room_id, e.seq, coalesce(e.stamp = $4, true) as proved,
                   exists (
                       select from saved s where s.user_id = $1 and s.room_id = e.room_id and s.seq = e.seq
                   ) as is_there
            from member m
            join event e on e.room_id = m.room_id and e.seq = $3 and e.kind = 'message' and e.text is not null
            where m.room_id = $2 and m.user_id = $1 and m.membership = 'joined'
        ), added as (
            insert into saved (user_id, room_id, seq)
            select $1, p.room_id, p.seq
            from place p
            where p.proved and not p.is_there
                  and (select count(*) from (select from saved s where s.user_id = $1 limit %1$d) s) < %1$d
            on conflict do nothing
            returning seq
        )
        select p.proved, p.is_there or exists (select from added) as is_saved
        from place p
        """.formatted(MAX_SAVED);

    private static final String REMOVE = "delete from saved where user_id = $1 and room_id = $2 and seq = $3";

    private static final String LIST = """
        select p.room_id, p.saved_at, %s
        from (
            select s.*
            from saved s
            join member m on m.room_id = s.room_id and m.user_id = s.user_id and m.membership = 'joined'
            where s.user_id = $1
                  and ($2::timestamptz is null or (s.saved_at, s.room_id, s.seq) < ($2, $3, $4))
            order by s.saved_at desc, s.room_id desc, s.seq desc
            limit $5
        ) p
        join event e on e.room_id = p.room_id and e.seq = p.seq
        %s
        order by p.saved_at desc, p.room_id desc, p.seq desc
        """.formatted(HistoryPages.columns("$1"), HistoryPages.STATE);

    private final Statements statements;

    PostgresSaved(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Optional<Outcome>> save(UserId user, RoomId room, Target message) {
        Stamp stamp = message.stamp();
        Tuple parameters = Tuple.of(user.value(), room.value(), message.seq(), stamp == null ? null : stamp.value());
        return statements.run(SAVE, parameters).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            if (!row.getBoolean("proved")) {
                return Optional.of(Outcome.OTHER_STAMP);
            }
            return Optional.of(row.getBoolean("is_saved") ? Outcome.SAVED : Outcome.FULL);
        });
    }

    @Override
    public Future<Void> remove(UserId user, RoomId room, long seq) {
        return statements.run(REMOVE, Tuple.of(user.value(), room.value(), seq)).mapEmpty();
    }

    @Override
    public Future<SavedPage> list(UserId user, @Nullable SavedPlace after, int limit) {
        Tuple parameters = Tuple.tuple().addString(user.value());
        if (after == null) {
            parameters.addOffsetDateTime(null).addString(null).addLong(null);
        } else {
            parameters
                    .addOffsetDateTime(after.savedAt().atOffset(ZoneOffset.UTC))
                    .addString(after.room().value())
                    .addLong(after.seq());
        }
        return statements.run(LIST, parameters.addInteger(limit)).map(rows -> {
            List<SavedMessage> messages = new ArrayList<>();
            for (Row row : rows) {
                messages.add(new SavedMessage(
                        EventRow.present(new RoomId(row.getString("room_id")), row),
                        EventRow.instant(row, "saved_at")));
            }
            return new SavedPage(messages, messages.size() < limit ? null : place(messages.getLast()));
        });
    }

    private static SavedPlace place(SavedMessage last) {
        return new SavedPlace(
                last.savedAt(), last.message().room(), last.message().seq());
    }
}
