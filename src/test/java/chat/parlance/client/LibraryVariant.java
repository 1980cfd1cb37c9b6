package chat.parlance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Libraries that break the client's side of the contract on purpose, to verify that the schedules notice. */
enum LibraryVariant {
    /** The library unchanged. */
    NONE("", "", ""),
    NEW_ID_FOR_EACH_TRY(
            "outbox.js", "ask({ type, roomId, id, ...fields }", "ask({ type, roomId, id: newId(), ...fields }"),
    NEVER_SENT_AGAIN("outbox.js", "this.#tell(request, \"waiting\");", "this.#done(request, 0);"),
    FORGOTTEN_BY_A_RELOAD(
            "stored-requests.js",
            "`outbox/${encodeURIComponent(userId)}/`",
            "`outbox/${encodeURIComponent(userId)}/${holder}/`"),
    NEWEST_FIRST("stored-requests.js", "requests(items).find(([, {", "requests(items).reverse().find(([, {"),
    NO_RESUME("room-feed.js", "...(isProof && fieldsOf(cursor))", "...{}"),
    NO_ORDER_CHECK("room-feed.js", "if (event.seq > this.#position() + 1 || ", "if ("),
    NO_DEDUPLICATION("room-feed.js", "if (event.seq <= this.#position()) {", "if (event.seq < this.#position()) {"),
    RESETS_PASSED_OVER(
            "room-feed.js",
            "this.#catchUp(frame.since, frame.head);",
            "this.#cursor = { seq: frame.head, stamp: null };"),
    NO_COMPARISON_OF_HEADS("room-feed.js", "if (head > this.#position()) {", "if (false) {"),
    SILENCE_NOT_NOTICED("pulse.js", "if (quietMs >= boundMs) {", "if (false) {"),
    ANSWERS_AWAITED_FOR_EVER(
            "connection.js",
            "() => this.#leave(socket, CLOSE_GIVEN_UP));\n    this.#asked",
            "() => {});\n    this.#asked"),
    RESUME_BY_NUMBER_ALONE("room-feed.js", ", ...(cursor.stamp !== null && { stamp: cursor.stamp })", ""),
    COPY_KEPT_OF_A_CHANGED_HISTORY(
            "room-feed.js",
            "if (this.#cursor !== null && frame.since === this.#position()) {",
            "if (this.#cursor !== null) {"),
    PAGES_NOT_PROVED("client.js", ", ...(stamp !== null && { stamp })", ""),
    SAME_SEQ_TAKEN_FOR_THE_SAME_EVENT("room-feed.js", " || this.#isAnother(event)", ""),
    CHANGES_OF_LOST_MESSAGES_KEPT("outbox.js", "if (reason.code === HISTORY_CHANGED) {", "if (false) {"),
    OUTBOX_OF_ONE_TAB(
            "stored-requests.js",
            "`outbox/${encodeURIComponent(userId)}/`",
            "`outbox/${encodeURIComponent(userId)}/${holder}/`"),
    OUTBOX_OF_ALL_USERS("stored-requests.js", "`outbox/${encodeURIComponent(userId)}/`", "`outbox/`"),
    LEASES_IGNORED("stored-requests.js", "Math.max(0, leftMs)", "0"),
    LEASES_FOR_EVER("stored-requests.js", "Math.max(0, leftMs)", "lease ? 1_000 : 0"),
    LEASES_NOT_RENEWED("outbox.js", "void this.#stored.renew(request.roomId);", ""),
    LEASES_OF_ANOTHER_CLOCK("stored-requests.js", " || leftMs > this.#leaseMs", ""),
    LEASES_NOT_GIVEN_BACK("outbox.js", "isFree: !this.#port.isJoined(request.roomId),", ""),
    NEW_REQUESTS_NOT_TOLD("outbox.js", "this.#store.tell({ type: \"outbox\"", "void ({ type: \"outbox\""),
    FAILURES_OF_THE_STORAGE_PASSED_ON(
            "kept-store.js", "this.#memory = new MemoryStore(null, this.#known);", "throw failure;"),
    NO_COPY_FOR_A_FAILED_STORAGE("kept-store.js", "new MemoryStore(null, this.#known)", "new MemoryStore()");

    /** Variants that only a database that goes back reveals. */
    static final Set<LibraryVariant> OF_CHANGED_HISTORY =
            EnumSet.range(RESUME_BY_NUMBER_ALONE, CHANGES_OF_LOST_MESSAGES_KEPT);

    /** Variants that several tabs reveal, closed in various ways. */
    static final Set<LibraryVariant> OF_TABS = EnumSet.range(OUTBOX_OF_ONE_TAB, NO_COPY_FOR_A_FAILED_STORAGE);

    /** Variants that faults of the network and the nodes reveal. */
    static final Set<LibraryVariant> OF_FAULTS = EnumSet.range(NEW_ID_FOR_EACH_TRY, ANSWERS_AWAITED_FOR_EVER);

    private static final Path LIBRARY = Path.of("src/main/resources/web/parlance-client");

    private final String file;
    private final String right;
    private final String wrong;

    LibraryVariant(String file, String right, String wrong) {
        this.file = file;
        this.right = right;
        this.wrong = wrong;
    }

    /** The URL to import; a variant is a copy under {@code target}. */
    String url() {
        if (this == NONE) {
            return LIBRARY.resolve("index.js").toUri().toString();
        }
        Path copy = Path.of("target/client-variants", name());
        try (Stream<Path> files = Files.list(LIBRARY)) {
            Files.createDirectories(copy);
            for (Path source : files.toList()) {
                String text = Files.readString(source);
                boolean wanted = source.getFileName().toString().equals(file);
                if (wanted && !text.contains(right)) {
                    throw new AssertionError(name() + " has nothing to break in " + file);
                }
                Files.writeString(copy.resolve(source.getFileName()), wanted ? text.replace(right, wrong) : text);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return copy.resolve("index.js").toUri().toString();
    }
}
