package app.turnout.bench.cold;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A packaged function, to be started as Lambda starts it or with a cache.
///
/// @param code the directory that Lambda unpacks
/// @param settings a jar with what the runner gives the function as its environment
/// @param client the jars of the runtime interface client
/// @param work a directory for caches and logs
record ColdFunction(
    String id, Path code, String handler, Path settings, List<Path> client, Path work) {
  static final String CLIENT_MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  ColdFunction {
    client = List.copyOf(client);
  }

  /// @param template read as text: how a function is packaged stands there in two lines
  /// @param settings the runner's directory of them
  static ColdFunction of(
      String id, Path checkout, String template, Path settings, List<Path> client, Path work)
      throws IOException {
    Matcher found =
        Pattern.compile(
                "\n  "
                    + id
                    + ":\n(?:    .*\n| *\n)*?      CodeUri: (\\S+)\n      Handler: (\\S+)\n")
            .matcher(template);
    if (!found.find()) {
      throw new IllegalStateException("template.yaml has no function " + id);
    }
    Path own = Files.createDirectories(work.resolve(id));
    Path jar = own.resolve("settings.jar");
    jar(settings.resolve(id).resolve("application-lambda.properties"), jar);
    return new ColdFunction(
        id, checkout.resolve(found.group(1)).normalize(), found.group(2), jar, client, own);
  }

  /// A cache is of a class path of jars, so the settings are in one.
  private static void jar(Path file, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry(file.getFileName().toString()));
      Files.copy(file, entries);
      entries.closeEntry();
    }
  }

  /// As Lambda does it: the client on the class path, the function in a class loader of the
  /// client's, over the directory it starts in.
  Launch asLambda() {
    List<Path> path = new ArrayList<>(List.of(settings));
    path.addAll(client);
    return launch(path);
  }

  /// With all on the class path, so that a cache holds it: what a wrapper script in the package can
  /// ask of Lambda.
  Launch onClassPath() throws IOException {
    List<Path> path = new ArrayList<>(List.of(settings));
    path.addAll(client);
    try (Stream<Path> jars = Files.list(code.resolve("lib"))) {
      jars.filter(jar -> !jar.getFileName().toString().startsWith("aws-lambda-java-core-"))
          .sorted()
          .forEach(path::add);
    }
    return launch(path);
  }

  private Launch launch(List<Path> path) {
    return new Launch(
        List.of(
            "-cp",
            path.stream()
                .map(entry -> entry.toAbsolutePath().toString())
                .collect(Collectors.joining(":"))),
        List.of(CLIENT_MAIN, handler),
        code,
        environment(),
        work.resolve("plain.log"),
        "\"statusCode\":20");
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(environment(id, handler, code));
    environment.put("MICRONAUT_ENVIRONMENTS", "lambda");
    // One call at a time, unlike in the runner.
    environment.put("DATASOURCES_DEFAULT_MAXIMUM_POOL_SIZE", "1");
    environment.put("DATASOURCES_DEFAULT_MINIMUM_IDLE", "0");
    return environment;
  }

  /// What Lambda itself sets.
  static Map<String, String> environment(String id, String handler, Path code) {
    return Map.ofEntries(
        Map.entry("_HANDLER", handler),
        Map.entry("LAMBDA_TASK_ROOT", code.toString()),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", id),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + id),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "cold"),
        Map.entry("AWS_REGION", "eu-central-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "local"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("LANG", "en_US.UTF-8"),
        Map.entry("TZ", ":UTC"));
  }

  /// Of all jars that are uploaded.
  double packagedMegabytes() throws IOException {
    try (Stream<Path> files = Files.walk(code)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1e6;
    }
  }
}
