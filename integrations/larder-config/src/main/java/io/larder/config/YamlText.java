package io.larder.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML; every value is the text that stands there, whatever its type. */
final class YamlText {

    /** Nothing is deeper than profiles, name, caches, name, routes, prefix; what is, may have no end. */
    private static final int DEPTH_MAX = 6;

    private YamlText() {}

    static void parse(String text, ConfigFile file) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setAllowNonScalarKeys(true).build();
            StreamReader reader = new StreamReader(settings, text);
            Optional<Node> root = new Composer(settings, new ParserImpl(settings, reader)).getSingleNode();
            root.filter(node -> !isEmpty(node)).ifPresent(node -> {
                if (node instanceof MappingNode sections) {
                    add(sections, new ArrayList<>(), file);
                } else {
                    file.broken(line(node.getStartMark()), "Expected sections such as 'backends:' and 'caches:'");
                }
            });
        } catch (MarkedYamlEngineException e) {
            // The whole message would quote the file, secrets and all.
            file.broken(line(e.getProblemMark()), "This is no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            file.broken(1, "This is no YAML: " + e.getMessage());
        }
    }

    private static void add(MappingNode mapping, List<String> path, ConfigFile file) {
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode().getStartMark());
            if (!file.isReadable()) {
                return;
            }
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                List<String> below = new ArrayList<>(path);
                below.add(key.getValue());
                add(tuple.getValueNode(), below, line, file);
            } else {
                file.wrong(line, "A key must be a name");
            }
        }
    }

    private static void add(Node value, List<String> path, int line, ConfigFile file) {
        if (isEmpty(value)) {
            file.add(path, "", line);
        } else if (value instanceof ScalarNode scalar) {
            file.add(path, scalar.getValue(), line);
        } else if (value instanceof MappingNode mapping && path.size() < DEPTH_MAX) {
            add(mapping, path, file);
        } else if (value instanceof SequenceNode list
                && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            file.add(
                    path,
                    String.join(
                            ",",
                            list.getValue().stream()
                                    .map(element -> ((ScalarNode) element).getValue())
                                    .toList()),
                    line);
        } else {
            file.wrong(line, "'" + String.join(".", path) + "' must be a value, or a list of values");
        }
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL)
                || (node instanceof MappingNode mapping && mapping.getValue().isEmpty());
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }
}
