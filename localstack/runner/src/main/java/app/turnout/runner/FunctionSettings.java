package app.turnout.runner;

import app.turnout.runner.function.Execution;
import app.turnout.runner.function.FunctionConfiguration;
import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Writes for each function what Lambda would give it as environment: the template's variables,
/// with this machine's addresses in place of AWS's.
///
/// @param host where functions find this machine
/// @param elsewhere where they find what is not on it
/// @param aws how they find queues and tables
record FunctionSettings(
    String host,
    LocalPorts ports,
    Elsewhere elsewhere,
    FunctionAws aws,
    URI front,
    Template template,
    ProductClock clock,
    Execution execution) {
  void write(Path directory) {
    for (FunctionSpec function : template.functions()) {
      try {
        Path own = directory.resolve(function.id());
        Files.createDirectories(
            own,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        SecretStore.PrivateFile.write(
            own.resolve("application-lambda.properties"),
            FunctionConfiguration.of(environment(function), properties()));
      } catch (IOException e) {
        throw new RunnerException(
            "cannot write the settings of " + function.id() + ": " + e.getMessage(), e);
      }
    }
  }

  /// A function that has no such variable gets none here either.
  Map<String, String> environment(FunctionSpec function) {
    Map<String, String> environment = new LinkedHashMap<>(function.environment());
    environment.computeIfPresent(
        "DATASOURCES_DEFAULT_URL",
        (_, _) -> elsewhere.database(host, ports, Startup.database(template)).jdbcUrl());
    environment.computeIfPresent("TURNOUT_PUBLIC_URL", (_, _) -> front.toString());
    environment.computeIfPresent("TURNOUT_MAIL_HOST", (_, _) -> host);
    environment.computeIfPresent("TURNOUT_MAIL_PORT", (_, _) -> Integer.toString(ports.smtp()));
    environment.computeIfPresent("TURNOUT_MAIL_TLS", (_, _) -> "false");
    return environment;
  }

  /// What a process of the function's own has in its environment.
  Map<String, String> variables(FunctionSpec function) {
    Map<String, String> variables = new LinkedHashMap<>(environment(function));
    properties()
        .forEach(
            (name, value) ->
                variables.put(
                    name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
    variables.putAll(aws.variables());
    return variables;
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>(clock.properties());
    properties.putAll(aws.properties());
    if (!execution.oneCallAnInstance()) {
      // One instance serves all calls, so it needs more connections than one.
      properties.put("datasources.default.maximum-pool-size", "8");
      properties.put("datasources.default.minimum-idle", "1");
    }
    return properties;
  }
}
