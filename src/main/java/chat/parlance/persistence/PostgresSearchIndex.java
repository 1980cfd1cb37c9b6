package chat.parlance.persistence;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.search.Clause;
import chat.parlance.search.Clause.Word;
import chat.parlance.search.SearchIndex;
import chat.parlance.search.SearchPosition;
import chat.parlance.search.SearchQuery;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Searches by the SQL function {@code search_newest}, which the migrations define and explain, in the caller's turn.
 */
final class PostgresSearchIndex implements SearchIndex {

    /** Number of entries scanned before the index on terms is used. */
    private static final int BUDGET = 4000;

    private static final int NO_BUDGET = -1;

    /**
     * Shortest prefix that is tested first, three letters or a syllable of Korean; a shorter one matches too many
     * words.
     */
    private static final int MIN_GUARD_BYTES = 3;

    private static final String FIND = """
        select f.room_no, f.at as entry_at, p.room_id, %s
        from search_newest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) f
        join search_progress p on p.room_no = f.room_no
        cross join lateral (select * from event i where i.room_id = p.room_id and i.seq = f.seq limit 1) e
        %s
        order by f.at desc, f.room_no desc, f.seq desc
        """.formatted(HistoryPages.columns("$1"), HistoryPages.STATE);

    /** Times before and after every message. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final Statements statements;
    private final SearchTurns turns;
    private final StoreMeters meters;

    PostgresSearchIndex(Statements statements, SearchTurns turns, StoreMeters meters) {
        this.statements = statements;
        this.turns = turns;
        this.meters = meters;
    }

    @Override
    public Future<List<Found>> find(UserId caller, SearchQuery query, @Nullable SearchPosition before, int limit) {
        SearchPosition place = before == null ? new SearchPosition(LATEST, 0, 0) : before;
        Tuple parameters = Tuple.tuple()
                .addString(caller.value())
                .addArrayOfString(query.rooms().isEmpty() ? null : query.rooms().toArray(String[]::new))
                .addString(template(query))
                .addValue(time(query.from() == null ? EARLIEST : query.from()))
                .addValue(time(query.until() == null ? LATEST : query.until()))
                .addValue(time(place.at()))
                .addValue(place.room())
                .addValue(place.seq())
                .addValue(limit)
                .addValue(query.isSelective() ? BUDGET : NO_BUDGET);
        long begin = System.nanoTime();
        return turns.run(caller, () -> statements.run(FIND, parameters))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PostgresSearchIndex::found)
                        .toList())
                .onSuccess(found -> meters.searched(System.nanoTime() - begin));
    }

    private static Found found(Row row) {
        return new Found(
                EventRow.present(new RoomId(row.getString("room_id")), row),
                new SearchPosition(EventRow.instant(row, "entry_at"), row.getInteger("room_no"), row.getLong("seq")));
    }

    private static OffsetDateTime time(Instant time) {
        return (time.isBefore(EARLIEST) ? EARLIEST : time).atOffset(ZoneOffset.UTC);
    }

    /**
     * The query as a {@code tsquery}, with ~ for the number of a room. No term contains a quote, a backslash or a ~,
     * for it consists of letters, digits, marks and emoji; ids are validated.
     */
    static String template(SearchQuery query) {
        List<String> parts = new ArrayList<>();
        query.required().forEach(clause -> parts.add(required(clause)));
        query.excluded().forEach(clause -> parts.add("!" + phrase(clause)));
        if (!query.senders().isEmpty()) {
            parts.add(query.senders().stream()
                    .map(PostgresSearchIndex::sender)
                    .collect(Collectors.joining(" | ", "(", ")")));
        }
        query.traits().stream().sorted().map(SearchEntry::lexeme).forEach(trait -> parts.add("'~" + trait + "'"));
        // No entry has the bare number of its room as a term.
        return parts.isEmpty() ? "!'~'" : String.join(" & ", parts);
    }

    private static String phrase(Clause clause) {
        return clause.words().stream().map(PostgresSearchIndex::anyOf).collect(Collectors.joining(" <-> ", "(", ")"));
    }

    /**
     * Condition of a required clause. For a word with several forms their common prefix is tested first: most entries
     * lack it and cost one comparison, as if the word had one form.
     */
    private static String required(Clause clause) {
        Word word = clause.words().getFirst();
        boolean guarded = clause.words().size() == 1
                && word.forms().size() > 1
                && word.beginning().getBytes(StandardCharsets.UTF_8).length >= MIN_GUARD_BYTES;
        return guarded ? "(" + lexeme(word.beginning(), true) + " & " + anyOf(word) + ")" : phrase(clause);
    }

    private static String anyOf(Word word) {
        return word.forms().stream()
                .map(form -> lexeme(form.value(), form.beginning()))
                .collect(Collectors.joining(" | ", "(", ")"));
    }

    private static String lexeme(String value, boolean beginning) {
        return "'~:" + value + (beginning ? "':*" : "'");
    }

    /** Term of a sender; an id that no user can have matches no user. */
    private static String sender(String typed) {
        return typed.matches("[a-z0-9._-]{1,64}") ? "'~@" + typed + "'" : "'~@'";
    }
}
