package app.turnout.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The product's template with one function more, which only hands a body to the queue of pings:
/// see [app.turnout.bench.bare.SendFunction]. So the floor has the same front, loading, events, AWS
/// client and queue, and what follows from a message is the same.
final class BareSend {
  static final String PATH = "/bare/send";

  /// Without the product's way to log, nothing is logged.
  private static final Pattern LEFT_OUT = Pattern.compile("turnout-|logback-|logstash-");

  private static final String RESOURCES = "\nResources:\n";

  private static final String FUNCTION =
      """
        BareSendFunction:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: bare/
            Handler: app.turnout.bench.bare.SendFunction
            Environment:
              Variables:
                TURNOUT_FUNCTION: bare-send
                TURNOUT_QUEUES_BARE: !Ref PingsQueue
            Events:
              Send: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: POST, Path: %s } }
      """
          .formatted(PATH);

  private BareSend() {}

  /// Writes the template and the function's code.
  ///
  /// @param directory below the checkout
  /// @return the template
  static Path write(Path checkout, Path directory) throws IOException {
    Path lib = Files.createDirectories(directory.resolve("bare/lib"));
    try (DirectoryStream<Path> old = Files.newDirectoryStream(lib)) {
      for (Path jar : old) {
        Files.delete(jar);
      }
    }
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(
            checkout.resolve("functions/locations/target/lambda/lib"), "*.jar")) {
      for (Path jar : jars) {
        if (!LEFT_OUT.matcher(jar.getFileName().toString()).lookingAt()) {
          Files.copy(jar, lib.resolve(jar.getFileName()));
        }
      }
    }
    Files.copy(ownJar(), lib.resolve("bare.jar"));
    String up = directory.toAbsolutePath().relativize(checkout.toAbsolutePath()) + "/";
    String template =
        Files.readString(checkout.resolve("template.yaml"))
            .replace("CodeUri: ", "CodeUri: " + up)
            .replace(RESOURCES, RESOURCES + FUNCTION);
    return Files.writeString(directory.resolve("template.yaml"), template);
  }

  private static Path ownJar() {
    try {
      return Path.of(BareSend.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
