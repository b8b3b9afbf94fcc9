package app.turnout.runner.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// YAML as CloudFormation reads it: with short tags for its functions, and dates left as text.
final class TemplateYaml {
  private TemplateYaml() {}

  static @Nullable Object parse(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    DumperOptions dumping = new DumperOptions();
    return new Yaml(new Tagged(options), new Representer(dumping), dumping, options, new NoDates())
        .load(text);
  }

  private static final class NoDates extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
      addImplicitResolver(Tag.INT, INT, "-+0123456789");
      addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
      addImplicitResolver(Tag.MERGE, MERGE, "<");
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }

  private static final class Tagged extends SafeConstructor {
    Tagged(LoaderOptions options) {
      super(options);
      yamlMultiConstructors.put("!", new ShortTag());
    }

    private final class ShortTag extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String tag = node.getTag().getValue().substring(1);
        Object argument =
            switch (node) {
              case ScalarNode scalar -> scalar.getValue();
              case SequenceNode sequence -> constructSequence(sequence);
              case MappingNode mapping -> constructMapping(mapping);
              default -> throw new IllegalArgumentException("unknown YAML node at " + tag);
            };
        return switch (tag) {
          case "Ref", "Condition" -> new Intrinsic(tag, argument);
          case "GetAtt" -> new Intrinsic("Fn::GetAtt", attribute(argument));
          default -> new Intrinsic("Fn::" + tag, argument);
        };
      }

      /// `!GetAtt Database.Endpoint.Address` in the form of a list, which the long form has.
      private Object attribute(Object argument) {
        return argument instanceof String text ? java.util.List.of(text.split("\\.", 2)) : argument;
      }
    }
  }

  /// The long form, `{"Fn::Sub": …}`, as the same thing as the short one.
  static @Nullable Intrinsic longForm(Map<?, ?> map) {
    if (map.size() != 1) {
      return null;
    }
    Map.Entry<?, ?> only = map.entrySet().iterator().next();
    return only.getKey() instanceof String name && (name.equals("Ref") || name.startsWith("Fn::"))
        ? new Intrinsic(name, only.getValue())
        : null;
  }
}
