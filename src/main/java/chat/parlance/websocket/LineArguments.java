package chat.parlance.websocket;

import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.Since;
import chat.parlance.model.Stamp;
import chat.parlance.model.Text;
import chat.parlance.model.UserId;
import chat.parlance.protocol.LineCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows a command's name, by the names of its {@link LineCommand.Parameter}s. What is not as it should be is
 * refused with {@code bad_request} and the command's usage.
 */
final class LineArguments {

    private static final String LAST = "last";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"(\\s.*)?", Pattern.DOTALL);

    private final LineCommand command;
    private final Map<String, String> values = new HashMap<>();

    /** @param typed all that follows the name */
    LineArguments(LineCommand command, String typed) {
        this.command = command;
        String left = typed.strip();
        for (LineCommand.Parameter parameter : command.parameters()) {
            String[] words = split(left, parameter.rest());
            if (!words[0].isEmpty()) {
                values.put(parameter.name(), words[0]);
            } else if (!parameter.optional()) {
                throw malformed("/" + command.name() + " needs " + parameter.name());
            }
            left = words.length == 2 ? words[1] : "";
        }
        if (!left.isEmpty()) {
            throw malformed("/" + command.name() + " takes fewer words");
        }
    }

    /** The next word and what follows it. Two quotation marks hold together what has spaces, unless it is the last anyway. */
    private static String[] split(String left, boolean rest) {
        Matcher quoted = QUOTED.matcher(left);
        return !rest && quoted.matches()
                ? new String[] {quoted.group(1), quoted.group(2).strip()}
                : left.split("\\s+", rest ? 1 : 2);
    }

    /** A parameter that is needed. */
    String text(String parameter) {
        return find(parameter).orElseThrow();
    }

    Optional<String> find(String parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    /** {@code USER}, with or without an @. */
    UserId user() {
        return read("USER", typed -> new UserId(without("@", typed)));
    }

    /** {@code ROOM}, with or without a #; one that no room can have is one that does not exist. */
    RoomId room() {
        return RoomId.lookup(without("#", text("ROOM")));
    }

    /** {@code ROOM} for one that is to be made. */
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

    /** {@code SINCE} with {@code STAMP}, if they are there. */
    Optional<Since> since() {
        Stamp stamp = find("STAMP").isPresent() ? read("STAMP", Stamp::parse) : null;
        return seqOf("SINCE").map(seq -> new Since(seq, stamp));
    }

    /** {@code EMOJI}: one, or its {@link LineEmoji name}. */
    String emoji() {
        return read("EMOJI", typed -> Text.emoji(LineEmoji.of(typed)));
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

    /** What is wrong with the line, and how it is typed. */
    ChatException malformed(String detail) {
        return ChatException.badRequest(detail + ". Usage: " + command.usage());
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
            throw malformed(LineCodec.printable(typed) + " is no number of a message");
        }
        return Long.parseLong(digits);
    }

    private static String without(String mark, String typed) {
        return typed.startsWith(mark) ? typed.substring(1) : typed;
    }
}
