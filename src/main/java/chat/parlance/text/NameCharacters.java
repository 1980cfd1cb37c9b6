package chat.parlance.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import java.util.BitSet;
import java.util.Optional;

/** Characters of names and of other lines that are shown beside names, by the properties of Unicode. */
public final class NameCharacters {

    /**
     * Limit of nonspacing marks on one character. Vietnamese has two before it is composed, Hebrew with points three,
     * Burmese four; more of them overlap the lines around the name.
     */
    public static final int MAX_MARKS = 4;

    /** Number of marks when no character carries one. */
    private static final int NO_BASE = -1;

    /** A reason to refuse a name. */
    public enum Flaw {
        /** An invisible character: a control, a format character, or another that Unicode ignores when drawing. */
        HIDDEN,
        /** A character without a common meaning: for private use, or not assigned by Unicode. */
        WITHOUT_MEANING,
        /** A mark beyond {@link #MAX_MARKS}, or one without a character that carries it. */
        TOO_MANY_MARKS
    }

    private NameCharacters() {}

    /** The first flaw of a name that is composed (NFC). Joiners are allowed where a script or an emoji needs them. */
    public static Optional<Flaw> flawIn(String name) {
        int marks = NO_BASE;
        BitSet emoji = null;
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            int point = name.codePointAt(at);
            if (isWithoutMeaning(point)) {
                return Optional.of(Flaw.WITHOUT_MEANING);
            }
            if (Glyphs.isHidden(point) && !Joiners.areAllowed(name, at)) {
                emoji = emoji == null ? Emoji.partsIn(name) : emoji;
                if (!emoji.get(at)) {
                    return Optional.of(Flaw.HIDDEN);
                }
            }
            marks = marks(point, marks);
            if (marks > MAX_MARKS) {
                return Optional.of(Flaw.TOO_MANY_MARKS);
            }
        }
        return Optional.empty();
    }

    private static boolean isWithoutMeaning(int point) {
        return switch (UCharacter.getType(point)) {
            case ECharacterCategory.UNASSIGNED, ECharacterCategory.PRIVATE_USE -> true;
            default -> false;
        };
    }

    /**
     * Marks on the present character after one more character. A spacing mark takes a place of its own, so it is not counted;
     * it only needs a character that carries it, which a space does not.
     */
    private static int marks(int point, int before) {
        return switch (UCharacter.getType(point)) {
            case ECharacterCategory.NON_SPACING_MARK, ECharacterCategory.ENCLOSING_MARK ->
                before == NO_BASE ? MAX_MARKS + 1 : before + 1;
            case ECharacterCategory.COMBINING_SPACING_MARK -> before == NO_BASE ? MAX_MARKS + 1 : before;
            case ECharacterCategory.FORMAT -> before;
            case ECharacterCategory.SPACE_SEPARATOR -> NO_BASE;
            default -> 0;
        };
    }
}
