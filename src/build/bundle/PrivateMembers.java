import com.google.javascript.rhino.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Private members of classes ({@code #rooms}) with short names, which the compiler leaves as they are. No other class can see
 * them, so that each class has its own {@code #a}.
 */
final class PrivateMembers {

    private static final int LETTERS = 26;

    private PrivateMembers() {}

    /** Shortens the names of all classes below a node. */
    static void shorten(Node node) {
        if (node.isClass()) {
            // Classes within this one can use its members.
            Map<String, List<Node>> members = new TreeMap<>();
            collect(node, members);
            shorten(members);
            return;
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            shorten(child);
        }
    }

    /** Gives the members that are used most the shortest names. */
    private static void shorten(Map<String, List<Node>> members) {
        List<List<Node>> byUse = members.values().stream()
                .sorted(Comparator.comparing(uses -> -uses.size()))
                .toList();
        for (int place = 0; place < byUse.size(); place++) {
            String name = "#" + (char) ('a' + place % LETTERS) + (place < LETTERS ? "" : place / LETTERS);
            byUse.get(place).forEach(use -> use.setString(name));
        }
    }

    private static void collect(Node node, Map<String, List<Node>> members) {
        if (isMember(node) && node.getString().startsWith("#")) {
            members.computeIfAbsent(node.getString(), unnamed -> new ArrayList<>())
                    .add(node);
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child, members);
        }
    }

    /** True of a definition or a use of a member by its name, and not of a text. */
    private static boolean isMember(Node node) {
        return switch (node.getToken()) {
            case GETPROP, OPTCHAIN_GETPROP, MEMBER_FUNCTION_DEF, MEMBER_FIELD_DEF, GETTER_DEF, SETTER_DEF, NAME -> true;
            default -> false;
        };
    }
}
