// Reads a JSON list of texts and prints, for each, what Structurizr's own parser makes of it:
// {"error": …} or {"elements": […], "relationships": […], "views": […]}.
import com.fasterxml.jackson.databind.ObjectMapper;
import com.structurizr.Workspace;
import com.structurizr.dsl.StructurizrDslParser;
import com.structurizr.dsl.StructurizrDslParserException;
import com.structurizr.model.Component;
import com.structurizr.model.Container;
import com.structurizr.model.Element;
import com.structurizr.model.Relationship;
import com.structurizr.view.ModelView;
import com.structurizr.view.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Structurizr {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<Object> found = new ArrayList<>();
        for (String text : json.readValue(System.in.readAllBytes(), String[].class)) {
            found.add(read(text));
        }
        System.out.write(json.writeValueAsString(found).getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static Object read(String text) throws Exception {
        StructurizrDslParser parser = new StructurizrDslParser();
        // The variables of the environment are among what a text must not reach.
        parser.setRestricted(false);
        try {
            parser.parse(text);
        } catch (StructurizrDslParserException problem) {
            return Map.of("error", String.valueOf(problem.getMessage()));
        }
        Workspace workspace = parser.getWorkspace();
        List<Object> elements = new ArrayList<>();
        List<Object> relationships = new ArrayList<>();
        List<Object> views = new ArrayList<>();
        for (Element element : workspace.getModel().getElements()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("type", element.getClass().getSimpleName());
            one.put("key", key(element));
            one.put("name", element.getName());
            one.put("parent", element.getParent() == null ? null : key(element.getParent()));
            one.put("description", element.getDescription());
            one.put("technology", technology(element));
            one.put("tags", element.getTagsAsSet());
            one.put("url", element.getUrl());
            elements.add(one);
        }
        for (Relationship relationship : workspace.getModel().getRelationships()) {
            if (relationship.getLinkedRelationshipId() == null) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("source", key(relationship.getSource()));
                one.put("target", key(relationship.getDestination()));
                one.put("description", relationship.getDescription());
                one.put("tags", relationship.getTagsAsSet());
                relationships.add(one);
            }
        }
        for (View view : workspace.getViews().getViews()) {
            int shown = view instanceof ModelView it ? it.getElements().size() : 0;
            views.add(List.of(view.getClass().getSimpleName(), view.getKey(), shown));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", workspace.getName());
        all.put("description", workspace.getDescription());
        all.put("elements", elements);
        all.put("relationships", relationships);
        all.put("views", views);
        return all;
    }

    private static String key(Element element) {
        return element.getProperties().get("structurizr.dsl.identifier");
    }

    private static String technology(Element element) {
        if (element instanceof Container it) {
            return it.getTechnology();
        }
        return element instanceof Component it ? it.getTechnology() : null;
    }
}
