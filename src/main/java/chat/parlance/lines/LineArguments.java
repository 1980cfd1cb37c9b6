package chat.parlance.lines;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.TextRules;
import chat.parlance.model.UserId;
import chat.parlance.text.EmojiNames;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Arguments of a command, by the names of its {@link LineCommand.Parameter}s. Malformed ones are refused with {@code
 * bad_request} and the command's usage.
 */
final class LineArguments {

    /** Spaces between words, also those of Unicode that other keyboards have. */
    static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final String LAST = "last";
    private static final int MAX_QUOTED_CHARS = 40;

    private final LineCommand command;
    private final Map<String, String> values = new HashMap<>();

    /** @param typed text after the command's name */
    LineArguments(LineCommand command, String typed) {
        this.command = command;
        String left = TextRules.stripped(typed);
        for (LineCommand.Parameter parameter : command.parameters()) {
            Word word = next(left, parameter);
            if (!word.text().isEmpty()) {
                values.put(parameter.name(), word.text());
            } else if (!parameter.optional()) {
                throw missing(parameter.name());
            }
            left = word.left();
        }
        if (!left.isEmpty()) {
            throw malformed("/" + command.name() + " takes fewer words");
        }
    }

    /** The next word, and the rest of the line after it. */
    private record Word(String text, String left) {}

    /** Takes the next word. A quoted word may have spaces; a rest parameter takes the whole rest unchanged. */
    private Word next(String left, LineCommand.Parameter parameter) {
        if (parameter.rest()) {
            return new Word(left, "");
        }
        if (Quotation.begins(left) || !parameter.isPassword()) {
            Optional<Quotation> quotation = quotation(parameter.name(), left);
            if (quotation.isPresent()) {
                return new Word(quotation.get().quoted(), quotation.get().left());
            }
        }
        String[] words = BLANKS.split(left, 2);
        return new Word(words[0], words.length == 2 ? words[1] : "");
    }

    /** Quotation at the beginning of a text, if any; a double quotation mark that nothing closes is refused. */
    private Optional<Quotation> quotation(String parameter, String typed) {
        Optional<Quotation> quotation = Quotation.atStartOf(typed);
        if (quotation.isEmpty() && Quotation.begins(typed)) {
            throw malformed(parameter + " has no closing quotation mark");
        }
        return quotation;
    }

    /** A required parameter. */
    String text(String parameter) {
        return find(parameter).orElseThrow();
    }

    /** A password that takes the whole rest of the line, without double quotation marks around it. */
    String unquoted(String parameter) {
        String rest = text(parameter);
        return Optional.of(rest)
                .filter(Quotation::begins)
                .flatMap(Quotation::atStartOf)
                .filter(quotation -> quotation.left().isEmpty())
                .map(Quotation::quoted)
                .filter(quoted -> !quoted.isEmpty())
                .orElse(rest);
    }

    /**
     * A name, or a search text for names, that takes the whole rest of the line, without quotation marks around it;
     * empty when it is missing or blank. Quotation marks around a part of it belong to it.
     */
    Optional<String> findName(String parameter) {
        return find(parameter)
                .map(typed -> quotation(parameter, typed)
                        .filter(quotation -> quotation.left().isEmpty())
                        .map(Quotation::quoted)
                        .orElse(typed))
                .filter(name -> !TextRules.isBlank(name));
    }

    /** A required name. */
    String name(String parameter) {
        return findName(parameter).orElseThrow(() -> missing(parameter));
    }

    Optional<String> find(String parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    /** {@code USER}, with or without an @. */
    UserId user() {
        return read("USER", typed -> new UserId(without("@", typed)));
    }

    /** {@code ROOM}, with or without a #; an id that no room can have is answered like a room that does not exist. */
    RoomId room() {
        return RoomId.lookup(without("#", text("ROOM")));
    }

    /** {@code ROOM} for a room that is to be created. */
    RoomId newRoom() {
        return read("ROOM", typed -> RoomId.chosen(without("#", typed)));
    }

    /** {@code MESSAGE}: {@code 12}, {@code #12} or {@code [12]}, as lines show it; empty for {@code last}. */
    OptionalLong message() {
        String typed = text("MESSAGE");
        return typed.equalsIgnoreCase(LAST) ? OptionalLong.empty() : OptionalLong.of(seq(typed));
    }

    /** A seq, if there is one. */
    Optional<Long> seqOf(String parameter) {
        return find(parameter).map(this::seq);
    }

    /** A day such as {@code 2026-01-31}. */
    LocalDate day(String parameter) {
        try {
            return LocalDate.parse(text(parameter));
        } catch (DateTimeException malformed) {
            throw malformed("A day is written like 2026-01-31");
        }
    }

    /** {@code SINCE} with {@code STAMP}, if present. */
    Optional<Since> since() {
        Stamp stamp = find("STAMP").isPresent() ? read("STAMP", Stamp::parse) : null;
        return seqOf("SINCE").map(seq -> new Since(seq, stamp));
    }

    /** {@code EMOJI}: an emoji, or its {@link EmojiNames name}. */
    String emoji() {
        return read("EMOJI", typed -> EmojiNames.find(typed).orElseGet(() -> TextRules.emoji(typed)));
    }

    /** {@code TEXT} of a message, with emoji in place of their names. */
    String said() {
        return EmojiNames.replaceIn(text("TEXT"));
    }

    /** {@code ROLE}. */
    Role role() {
        return read("ROLE", typed -> {
            try {
                return Role.of(typed);
            } catch (IllegalArgumentException none) {
                throw ChatException.badRequest("A role is owner, admin or member");
            }
        });
    }

    private ChatException missing(String parameter) {
        return malformed("/" + command.name() + " needs " + parameter);
    }

    /** Error for a malformed line: the problem, and the command's usage. */
    ChatException malformed(String detail) {
        return ChatException.badRequest(detail + ". Usage: " + command.usage());
    }

    String usage() {
        return command.usage();
    }

    private <T> T read(String parameter, Function<String, T> reader) {
        try {
            return reader.apply(text(parameter));
        } catch (ChatException refused) {
            throw refused.code() == ErrorCode.BAD_REQUEST ? malformed(refused.detail()) : refused;
        }
    }

    private long seq(String typed) {
        String digits = without("#", typed.replaceFirst("^\\[(.*)]$", "$1"));
        if (!digits.matches("[0-9]{1,18}")) {
            throw malformed(quoted(typed) + " is no number of a message");
        }
        return Long.parseLong(digits);
    }

    /** Typed text for an error message, cut after {@link #MAX_QUOTED_CHARS}. */
    static String quoted(String typed) {
        return typed.codePointCount(0, typed.length()) <= MAX_QUOTED_CHARS
                ? typed
                : typed.substring(0, typed.offsetByCodePoints(0, MAX_QUOTED_CHARS)) + "...";
    }

    private static String without(String mark, String typed) {
        return typed.startsWith(mark) ? typed.substring(1) : typed;
    }
}
