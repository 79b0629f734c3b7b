package io.larder.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A module's pom.xml, as far as the rules ask for it. */
record Pom(Element project) {

    record Dependency(String group, String artifact, String scope) {

        boolean isNeededAtRunTime() {
            return scope.isEmpty() || scope.equals("compile") || scope.equals("runtime");
        }
    }

    static Pom of(Path module) {
        try {
            return new Pom(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(ProjectTree.ROOT.resolve(module).resolve("pom.xml").toFile())
                    .getDocumentElement());
        } catch (Exception e) {
            throw new AssertionError("Cannot read the pom.xml of " + module, e);
        }
    }

    List<Dependency> dependencies() {
        return children(project, "dependencies").stream()
                .flatMap(list -> children(list, "dependency").stream())
                .map(each -> new Dependency(text(each, "groupId"), text(each, "artifactId"), text(each, "scope")))
                .toList();
    }

    List<String> modules() {
        return children(project, "modules").stream()
                .flatMap(list -> children(list, "module").stream())
                .map(module -> module.getTextContent().strip())
                .toList();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .map(child -> child.getTextContent().strip())
                .orElse("");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
