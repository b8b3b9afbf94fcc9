package app.turnout.runner;

import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.Template;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What `sam local` must be told to run the functions against the stores of this machine: each
/// function's environment, and the template's parameters. `samconfig.toml` names both files.
final class SamFiles {
  /// For `--env-vars`.
  static final String ENVIRONMENT = "sam-env.json";

  /// For `--parameter-overrides file://…`.
  static final String PARAMETERS = "sam-parameters.yaml";

  /// This machine's name in a container that was started with `--add-host` for it.
  static final String HOST = "host.docker.internal";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SamFiles() {}

  /// The parameters with which functions in containers find this machine's queues and tables.
  static Map<String, String> parameters(Map<String, String> given, LocalPorts ports) {
    Map<String, String> parameters = new TreeMap<>(given);
    parameters.putIfAbsent("Architecture", architecture(System.getProperty("os.arch")));
    parameters.putIfAbsent("SqsUrl", "http://" + HOST + ":" + ports.sqs());
    parameters.putIfAbsent("DynamoDbUrl", "http://" + HOST + ":" + ports.dynamoDb());
    return parameters;
  }

  /// Lambda's name of a processor that Java calls otherwise.
  static String architecture(String java) {
    return switch (java.toLowerCase(Locale.ROOT)) {
      case "aarch64", "arm64" -> "arm64";
      default -> "x86_64";
    };
  }

  /// Writes both. They hold secrets, so nobody else may read them.
  ///
  /// @param template as read with these parameters
  static void write(
      Path directory,
      Template template,
      Map<String, String> parameters,
      FunctionSettings settings) {
    Map<String, Map<String, String>> environment = new TreeMap<>();
    for (FunctionSpec function : template.functions()) {
      environment.put(function.id(), new TreeMap<>(settings.environment(function)));
    }
    try {
      Files.createDirectories(directory);
      SecretStore.PrivateFile.write(
          directory.resolve(ENVIRONMENT), JSON.writeValueAsString(environment));
      SecretStore.PrivateFile.write(
          directory.resolve(PARAMETERS), JSON.writeValueAsString(parameters));
    } catch (IOException e) {
      throw new RunnerException("cannot write what sam is told: " + e.getMessage(), e);
    }
  }
}
