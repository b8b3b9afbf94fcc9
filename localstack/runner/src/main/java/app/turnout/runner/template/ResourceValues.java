package app.turnout.runner.template;

import app.turnout.runner.aws.AwsPlace;
import org.jspecify.annotations.Nullable;

/// What the resources of the template are on this machine.
public interface ResourceValues {
  /// The value of `!Ref`, or null when this machine has none: it is the logical id then.
  @Nullable String ref(TemplateResource resource);

  /// The value of `!GetAtt`, or null when this machine has none.
  @Nullable String attribute(TemplateResource resource, String attribute);

  /// What a text made of resources' names is on this machine: the address of an API is put together
  /// from its id, the region and the stage.
  default String local(String text) {
    return text;
  }

  /// The account and region that the template is read for.
  default AwsPlace place() {
    return AwsPlace.LOCAL;
  }

  /// What a queue or a table is called there.
  ///
  /// @param own name in the template
  default String name(String own) {
    return own;
  }
}
