package chat.parlance.lines;

/**
 * Text of users and clients, made safe for a line of a terminal.
 *
 * <ul>
 *   <li>A control character, and so every escape sequence, is shown as a dot. Each line break of Unicode (UAX #14)
 *       becomes a newline and an indent, so that no text can imitate the beginning of a server's line.
 *   <li>Format characters (category Cf) are dropped, because their effect extends beyond their text. Only those stay
 *       that belong to a visible character: joiners, the tags of a flag, and the signs that Arabic and other scripts
 *       write before numbers.
 *   <li>A line with right-to-left characters is isolated (FSI and PDI of UAX #9), so that it neither moves what stands
 *       beside it nor decides the direction of the whole line.
 *   <li>Characters without a width of their own are limited for each base, so that they do not pile up over other
 *       lines. At the beginning of a line their base is a dotted circle, not the server's last character.
 * </ul>
 */
final class ForeignText {

    private static final String CONTINUATION = "\n    ";
    private static final char CONTROL = '·';
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';
    private static final char DOTTED_CIRCLE = '◌';
    private static final char REPLACEMENT = '\uFFFD';
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int NO_BASE = -1;

    /** Limit of characters without a width after one base. A flag with tags has six, Hebrew and Tibetan have fewer. */
    static final int MAX_ON_BASE = 8;

    private final StringBuilder shown;
    private int lineStart;
    private int base = NO_BASE;
    private int onBase;
    private boolean rightToLeft;

    private ForeignText(int length) {
        shown = new StringBuilder(length + CONTINUATION.length());
    }

    static String shown(String text) {
        if (isPlain(text)) {
            return text;
        }
        ForeignText foreign = new ForeignText(text.length());
        int previous = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(previous)) {
            int codePoint = text.codePointAt(at);
            if (codePoint != '\n' || previous != '\r') {
                foreign.add(codePoint);
            }
            previous = codePoint;
        }
        foreign.endLine();
        return foreign.shown.toString();
    }

    /** True for printable ASCII, as ids and numbers are. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < ' ' || text.charAt(at) > '~') {
                return false;
            }
        }
        return true;
    }

    private void add(int codePoint) {
        if (isLineBreak(codePoint)) {
            endLine();
            shown.append(CONTINUATION);
            lineStart = shown.length();
            base = NO_BASE;
        } else if (codePoint == '\t') {
            addBase(codePoint);
        } else {
            addByCategory(codePoint);
        }
    }

    private void addByCategory(int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL -> addBase(CONTROL);
            case Character.SURROGATE -> addBase(REPLACEMENT);
            case Character.FORMAT -> addFormat(codePoint);
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                addMark(codePoint);
            default -> {
                if (isConjoiningJamo(codePoint)) {
                    addMark(codePoint);
                } else if (!isReservedFormat(codePoint)) {
                    addBase(codePoint);
                }
            }
        }
    }

    private void addBase(int codePoint) {
        base = codePoint;
        onBase = 0;
        rightToLeft |= isRightToLeft(codePoint);
        shown.appendCodePoint(codePoint);
    }

    private void addMark(int codePoint) {
        if (base == NO_BASE) {
            addBase(DOTTED_CIRCLE);
        }
        addOnBase(codePoint);
    }

    private void addFormat(int codePoint) {
        if (isPrependedSign(codePoint)) {
            addBase(codePoint);
        } else if (base != NO_BASE && (isJoiner(codePoint) || (base == BLACK_FLAG && isTag(codePoint)))) {
            addOnBase(codePoint);
        }
    }

    private void addOnBase(int codePoint) {
        if (onBase < MAX_ON_BASE) {
            onBase++;
            rightToLeft |= isRightToLeft(codePoint);
            shown.appendCodePoint(codePoint);
        }
    }

    /** Ends an isolate. An isolate ends with its line (UAX #9, rule X8), so each line has its own. */
    private void endLine() {
        if (rightToLeft) {
            shown.insert(lineStart, FIRST_STRONG_ISOLATE).append(POP_DIRECTIONAL_ISOLATE);
            rightToLeft = false;
        }
    }

    private static boolean isLineBreak(int codePoint) {
        return switch (codePoint) {
            case '\n', 0x0B, 0x0C, '\r', 0x85, 0x2028, 0x2029 -> true;
            default -> false;
        };
    }

    /**
     * True for right-to-left characters, and for those that the JDK does not know, because a newer terminal may know
     * them.
     */
    private static boolean isRightToLeft(int codePoint) {
        return switch (Character.getDirectionality(codePoint)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER,
                    Character.DIRECTIONALITY_UNDEFINED -> true;
            default -> false;
        };
    }

    private static boolean isJoiner(int codePoint) {
        return codePoint == 0x200C || codePoint == 0x200D;
    }

    private static boolean isTag(int codePoint) {
        return codePoint >= 0xE0020 && codePoint <= 0xE007F;
    }

    /** Prepended_Concatenation_Mark of Unicode's PropList.txt: the visible ones of category Cf. */
    private static boolean isPrependedSign(int codePoint) {
        return switch (codePoint) {
            case 0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD -> true;
            default -> false;
        };
    }

    /** Vowels and final consonants of Hangul, which a terminal draws into the cell of the syllable. */
    private static boolean isConjoiningJamo(int codePoint) {
        return (codePoint >= 0x1160 && codePoint <= 0x11FF) || (codePoint >= 0xD7B0 && codePoint <= 0xD7FF);
    }

    /** Code points that Unicode reserves for further format characters (Default_Ignorable_Code_Point). */
    private static boolean isReservedFormat(int codePoint) {
        return codePoint == 0x2065
                || (codePoint >= 0xFFF0 && codePoint <= 0xFFF8)
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
    }
}
