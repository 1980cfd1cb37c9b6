package chat.parlance.lines;

import chat.parlance.model.SearchHit;
import chat.parlance.room.EventPage;
import chat.parlance.room.Range;
import chat.parlance.room.Selection;
import chat.parlance.search.QueryOptions;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Commands that read a room's history. */
final class HistoryCommands {

    private static final int PAGE = 20;
    private static final int AROUND = 9;
    private static final int HITS = 10;

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "history [BEFORE]",
                    "show older events, the last ones before BEFORE",
                    "/history 42",
                    HistoryCommands::history),
            LineCommand.of(
                    "date DAY", "show what was said from a day (of UTC) on", "/date 2026-01-31", HistoryCommands::date),
            LineCommand.of(
                    "show MESSAGE",
                    "show a message with what was said around it",
                    "/show 12",
                    (session, arguments) -> session.message(arguments.message())
                            .compose(target -> read(session, Selection.EVENTS, new Range.Around(target.seq(), AROUND)))
                            .map(page -> shown(session, page, TerminalText.of("* There is nothing.")))),
            LineCommand.of(
                    "pins",
                    "show the pinned messages",
                    "/pins",
                    (session, arguments) -> read(session, Selection.PINNED, Range.newest(PAGE))
                            .map(page -> shown(session, page, TerminalText.of("* Nothing is pinned.")))),
            LineCommand.of(
                    "search QUERY...",
                    "find messages in all your rooms, by words and from: in: on: before: after: has:link is:pinned"
                            + " (days of UTC)",
                    "/search from:bob \"green tomatoes\"",
                    (session, arguments) -> search(session, arguments.text("QUERY"))));

    private HistoryCommands() {}

    private static Future<TerminalText> date(LineSession session, LineArguments arguments) {
        Range range =
                new Range.From(arguments.day("DAY").atStartOfDay(ZoneOffset.UTC).toInstant(), PAGE);
        return read(session, Selection.EVENTS, range)
                .map(page -> shown(session, page, TerminalText.of("* There is nothing from that day on.")));
    }

    private static Future<TerminalText> history(LineSession session, LineArguments arguments) {
        Range range = arguments
                .seqOf("BEFORE")
                .<Range>map(before -> new Range.Before(before, PAGE))
                .orElseGet(() -> Range.newest(PAGE));
        return read(session, Selection.EVENTS, range).map(page -> {
            if (page.events().isEmpty()) {
                return TerminalText.of("* Nothing older.");
            }
            session.show(page.events());
            long first = page.events().getFirst().seq();
            return first > 1
                    ? TerminalText.of("* /history %s shows older ones.", first)
                    : TerminalText.of("* That is the beginning.");
        });
    }

    private static Future<TerminalText> search(LineSession session, String query) {
        return session.searches()
                .search(session.user(), query, QueryOptions.NONE, HITS, null)
                .map(page -> {
                    session.note(page.hits().stream().map(SearchHit::message).toList());
                    session.print(
                            page.hits().isEmpty() ? TerminalText.of("* Nothing was found.") : HitLines.of(page.hits()));
                    return page.next() == null || page.hits().isEmpty()
                            ? TerminalText.EMPTY
                            : TerminalText.of(
                                    "* Older ones: /search %s before:%s",
                                    query, justAfter(page.hits().getLast()));
                });
    }

    /** Time just after a hit, so that another message of the same moment is not skipped. */
    private static Instant justAfter(SearchHit hit) {
        return hit.message().at().plusMillis(1);
    }

    private static Future<EventPage> read(LineSession session, Selection selection, Range range) {
        return session.rooms().history(session.user(), session.room(), selection, range);
    }

    private static TerminalText shown(LineSession session, EventPage page, TerminalText none) {
        if (page.events().isEmpty()) {
            return none;
        }
        session.show(page.events());
        return TerminalText.EMPTY;
    }
}
