package chat.parlance.text;

import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names as a reader sees them: two names that look alike share a look. The looks are skeletons of Unicode's confusable
 * characters (UTS #39), without case.
 */
public final class Looks {

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();

    private Looks() {}

    /**
     * Looks of a name: skeletons computed before and after case folding. A capital I looks like a small l, and a
     * capital A is another form of the small one.
     */
    public static Set<String> of(String shown) {
        String name = Normalizer.normalize(shown, Normalizer.Form.NFKC);
        return new TreeSet<>(List.of(
                CHECKER.getSkeleton(name.toLowerCase(Locale.ROOT)),
                CHECKER.getSkeleton(CHECKER.getSkeleton(name).toLowerCase(Locale.ROOT))));
    }
}
