package chat.parlance.config;

import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a YAML file into its leaves by dotted path. */
final class YamlKeys {

    /** @param description the comment above the key, empty without one */
    record Leaf(String value, String description, int line) {}

    private YamlKeys() {}

    /** @throws YAMLException when the file is no YAML of mappings, lists and scalars */
    static Map<String, Leaf> read(Reader reader) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        options.setAllowDuplicateKeys(false);
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        Node root = new Yaml(options).compose(reader);
        if (root instanceof MappingNode mapping) {
            collect("", mapping, leaves);
        } else if (root != null) {
            throw new YAMLException("a mapping was expected");
        }
        return leaves;
    }

    private static void collect(String prefix, MappingNode mapping, Map<String, Leaf> leaves) {
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            String path = prefix + ((ScalarNode) key).getValue();
            if (tuple.getValueNode() instanceof MappingNode nested) {
                collect(path + ".", nested, leaves);
            } else {
                int line = key.getStartMark().getLine() + 1;
                Leaf leaf = new Leaf(value(tuple.getValueNode()), description(key), line);
                if (leaves.put(path, leaf) != null) {
                    throw new YAMLException("line " + line + ": " + path + " stands twice");
                }
            }
        }
    }

    private static String value(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar.getValue();
            case SequenceNode list ->
                list.getValue().stream().map(YamlKeys::value).collect(Collectors.joining(","));
            default ->
                throw new YAMLException("line " + (node.getStartMark().getLine() + 1) + ": a value was expected");
        };
    }

    /** The last paragraph of the comment above a key. */
    private static String description(Node key) {
        List<CommentLine> comments = key.getBlockComments();
        if (comments == null) {
            return "";
        }
        StringBuilder description = new StringBuilder();
        for (CommentLine comment : comments) {
            switch (comment.getCommentType()) {
                case BLANK_LINE -> description.setLength(0);
                case BLOCK, IN_LINE ->
                    description
                            .append(description.isEmpty() ? "" : " ")
                            .append(comment.getValue().strip());
            }
        }
        return description.toString();
    }
}
