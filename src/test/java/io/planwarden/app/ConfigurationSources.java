package io.planwarden.app;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The settings of Planwarden, as the sources of its {@code @ConfigMapping} interfaces describe
 * them.
 */
final class ConfigurationSources {
  private static final String MAPPING = ConfigMapping.class.getSimpleName();

  private final Map<String, TreePath> interfaces = new TreeMap<>();
  private final DocTrees docs;

  /**
   * Settings that share a prefix.
   *
   * @param type name of the mapping that it is a part of
   * @param about what they have in common
   */
  record Group(String prefix, String type, String about, List<Setting> settings) {}

  /**
   * One setting.
   *
   * @param meaning empty if nobody says it
   * @param preset the default, if it has one
   */
  record Setting(String name, String meaning, Optional<String> preset) {}

  private ConfigurationSources(Path folder) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(folder)) {
      List<Path> java = sources.filter(f -> f.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(java));
      docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        TreePath path = new TreePath(unit);
        unit.getTypeDecls().forEach(type -> index(path, unit.getPackageName() + ".", type));
      }
    }
  }

  /** Reads all of them, in the order of their prefixes. */
  static List<Group> read(Path folder) throws IOException {
    ConfigurationSources sources = new ConfigurationSources(folder);
    List<Group> groups = new ArrayList<>();
    sources.interfaces.forEach(
        (name, path) ->
            sources
                .annotation(((ClassTree) path.getLeaf()).getModifiers().getAnnotations(), MAPPING)
                .ifPresent(prefix -> sources.walk(prefix, name, sources.text(path), name, groups)));
    groups.sort(Comparator.comparing(Group::prefix));
    return groups;
  }

  private void index(TreePath parent, String outer, Tree tree) {
    if (tree instanceof ClassTree type) {
      TreePath path = new TreePath(parent, type);
      String name = outer + type.getSimpleName();
      if (type.getKind() == Tree.Kind.INTERFACE) {
        interfaces.put(name, path);
      }
      type.getMembers().forEach(member -> index(path, name + ".", member));
    }
  }

  private void walk(String prefix, String name, String about, String type, List<Group> groups) {
    List<Setting> settings = new ArrayList<>();
    groups.add(new Group(prefix, type, about, settings));
    collect(prefix, name, type, settings, groups);
  }

  /** Inherited settings come first. */
  private void collect(
      String prefix, String name, String type, List<Setting> settings, List<Group> groups) {
    TreePath path = interfaces.get(name);
    ClassTree tree = (ClassTree) path.getLeaf();
    for (Tree parent : tree.getImplementsClause()) {
      collect(prefix, resolve(parent.toString(), name).orElseThrow(), type, settings, groups);
    }
    for (Tree member : tree.getMembers()) {
      if (member instanceof MethodTree method) {
        var annotations = method.getModifiers().getAnnotations();
        String setting =
            prefix
                + "."
                + annotation(annotations, WithName.class.getSimpleName())
                    .orElseGet(() -> kebab(method.getName().toString()));
        String meaning = text(new TreePath(path, method));
        Optional<String> group = resolve(method.getReturnType().toString(), name);
        if (group.isPresent()) {
          walk(setting, group.get(), meaning, type, groups);
        } else {
          settings.add(
              new Setting(
                  setting + (isMap(method.getReturnType()) ? ".\"value\"" : ""),
                  meaning,
                  annotation(annotations, WithDefault.class.getSimpleName())));
        }
      }
    }
  }

  private static boolean isMap(Tree type) {
    return type instanceof ParameterizedTypeTree generic
        && generic.getType().toString().equals("Map");
  }

  /** The interface of this name as one inside {@code from}, beside it or around it sees it. */
  private Optional<String> resolve(String simple, String from) {
    for (String scope = from; scope.contains("."); scope = outside(scope)) {
      if (interfaces.containsKey(scope + "." + simple)) {
        return Optional.of(scope + "." + simple);
      }
    }
    return Optional.empty();
  }

  private static String outside(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private Optional<String> annotation(List<? extends AnnotationTree> all, String name) {
    return all.stream()
        .filter(each -> each.getAnnotationType().toString().equals(name))
        .map(each -> each.getArguments().get(0))
        .map(value -> value instanceof AssignmentTree named ? named.getExpression() : value)
        .map(value -> (String) ((LiteralTree) value).getValue())
        .findFirst();
  }

  /** A Javadoc comment as Markdown; empty if there is none. */
  private String text(TreePath path) {
    DocCommentTree comment = docs.getDocCommentTree(path);
    if (comment == null) {
      return "";
    }
    return comment.getFullBody().stream()
        .map(part -> markdown(part, path))
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .replaceAll("docs/([a-z-]+\\.md)", "[$1]($1)");
  }

  private static String markdown(DocTree part, TreePath path) {
    if (part instanceof TextTree text) {
      return text.getBody();
    }
    if (part.getKind() == DocTree.Kind.CODE) {
      return "`" + ((com.sun.source.doctree.LiteralTree) part).getBody().getBody().strip() + "`";
    }
    throw new IllegalStateException(
        "The page has text and {@code}, not " + part + ", in " + path.getLeaf());
  }
}
