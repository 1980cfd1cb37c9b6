package chat.parlance.testing;

/**
 * Checks the server's text for a terminal against the rules of Unicode's bidirectional algorithm (UAX #9) and of
 * terminals: no control but the newline and the tab, no format character whose effect extends beyond its text, and
 * right-to-left characters only within an isolate of the same line.
 */
public final class TerminalLines {

    private static final int MAX_MARKS = 8;

    private TerminalLines() {}

    /** @throws AssertionError for text that could rearrange the screen */
    public static void check(String text) {
        for (String line : text.split("\n", -1)) {
            checkLine(line);
        }
    }

    private static void checkLine(String line) {
        boolean isolated = false;
        int marks = 0;
        for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
            int codePoint = line.codePointAt(at);
            if (codePoint == 0x2068 || codePoint == 0x2069) {
                if (isolated != (codePoint == 0x2069)) {
                    throw new AssertionError("isolates that do not fit in: " + line);
                }
                isolated = !isolated;
                continue;
            }
            marks = isMark(codePoint) ? marks + 1 : 0;
            if (isForbidden(codePoint) || (!isolated && isRightToLeft(codePoint)) || marks > MAX_MARKS) {
                throw new AssertionError("U+%04X at %d of: %s".formatted(codePoint, at, line));
            }
        }
        if (isolated) {
            throw new AssertionError("an isolate that does not end in: " + line);
        }
    }

    private static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint != '\t';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default ->
                switch (Character.getDirectionality(codePoint)) {
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                            Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                            Character.DIRECTIONALITY_PARAGRAPH_SEPARATOR -> true;
                    default -> codePoint == 0x200E || codePoint == 0x200F || codePoint == 0x61C;
                };
        };
    }

    private static boolean isRightToLeft(int codePoint) {
        return switch (Character.getDirectionality(codePoint)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> codePoint == 0x200C || codePoint == 0x200D;
        };
    }
}
