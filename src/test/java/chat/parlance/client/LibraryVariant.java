package chat.parlance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Libraries that break the client's side of the contract on purpose, to see that the schedules notice. */
enum LibraryVariant {
    /** The library as it is. */
    NONE("", "", ""),
    NEW_ID_FOR_EACH_TRY("outbox.js", "room, id: next.id, ...next.fields", "room, id: newId(), ...next.fields"),
    NEVER_SENT_AGAIN("outbox.js", "this.#tell(request, \"waiting\");", "this.#done(request, 0);"),
    FORGOTTEN_BY_A_RELOAD(
            "outbox.js",
            "for (const request of this.#stored.read() ?? [])",
            "for (const request of /** @type {Request[]} */ ([]))"),
    NEWEST_FIRST("outbox.js", "this.of(room).find(", "this.of(room).reverse().find("),
    NO_RESUME("room-feed.js", ": { since: this.#position() };", ": {};"),
    NO_ORDER_CHECK("room-feed.js", "if (event.seq > this.#position() + 1) {", "if (false) {"),
    NO_DEDUPLICATION("room-feed.js", "if (event.seq <= this.#position()) {", "if (event.seq < this.#position()) {"),
    RESETS_PASSED_OVER("room-feed.js", "this.#pageUpTo(frame.head, round);", "this.#last = frame.head;"),
    NO_COMPARISON_OF_HEADS("room-feed.js", "head > this.#position()) {", "false) {"),
    SILENCE_NOT_NOTICED("connection.js", "if (quietMs >= this.#settings.silenceMs) {", "if (false) {"),
    ANSWERS_AWAITED_FOR_EVER(
            "connection.js",
            "() => this.#leave(socket, CLOSE_GIVEN_UP));\n    this.#asked",
            "() => {});\n    this.#asked");

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
