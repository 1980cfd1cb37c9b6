package chat.parlance.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The users that a text names as {@code @user}. */
public final class Mentions {

    /** Further names in one text mention nobody. */
    public static final int MAX = 50;

    /** Not within a word, as in an e-mail address; a dot or dash that ends a sentence is no part of the name. */
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{N}_.@/-])@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9_])?)(?![\\p{L}\\p{N}@])");

    private Mentions() {}

    /** The ids in the order they come, each once; ids that no user can have are left out. */
    public static List<UserId> in(@Nullable String text) {
        if (text == null || text.indexOf('@') < 0) {
            return List.of();
        }
        Set<UserId> users = new LinkedHashSet<>();
        Matcher matcher = MENTION.matcher(text);
        while (users.size() < MAX && matcher.find()) {
            if (matcher.group(1).length() >= UserId.MIN_LENGTH) {
                users.add(new UserId(matcher.group(1)));
            }
        }
        return new ArrayList<>(users);
    }
}
