package chat.parlance.lines;

import chat.parlance.error.ChatException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** The lines of commands, for the fuzzers. */
public final class LineTexts {

    private static final List<Consumer<LineArguments>> READERS = List.of(
            LineArguments::user,
            LineArguments::room,
            LineArguments::newRoom,
            LineArguments::message,
            LineArguments::since,
            LineArguments::emoji,
            LineArguments::role);

    private LineTexts() {}

    /** Reads a line without its slash, and each of its parameters in all ways of the command. */
    public static void read(String line) {
        String[] words = line.split("\\s+", 2);
        LineCommand command = LineCommands.require(words[0]);
        LineArguments arguments = new LineArguments(command, words.length == 2 ? words[1] : "");
        for (Consumer<LineArguments> reader : READERS) {
            try {
                reader.accept(arguments);
            } catch (ChatException | NoSuchElementException refused) {
                // A wrong value, or a parameter that the command does not have.
            }
        }
    }
}
