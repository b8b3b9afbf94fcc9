package app.turnout.runner.function;

import app.turnout.runner.template.FunctionSpec;
import app.turnout.stores.LocalAws;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How Lambda's managed runtime starts a process for a function: AWS's runtime interface client on
/// the class path, the function's directory as the working directory, where that client finds the
/// code, and the settings in the environment.
final class LambdaRuntime {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /// How much of a function's memory Java has as its heap.
  private static final double HEAP = 0.85;

  private LambdaRuntime() {}

  /// The process, not started yet.
  ///
  /// @param api where its Runtime API is
  /// @param variables of its environment
  /// @throws IOException when there is no code, or no client to run it with
  static ProcessBuilder process(
      FunctionSpec function, Path code, String api, Map<String, String> variables)
      throws IOException {
    if (!Files.isDirectory(code.resolve("lib"))) {
      throw new IOException("no code in " + code + ": is it built?");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:MaxHeapSize=" + heapKilobytes(function) + "k");
    // As Lambda's own runtime starts Java.
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ErrorFileToStderr",
            "-Djava.net.preferIPv4Stack=true",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(File.pathSeparator, client()),
            CLIENT,
            function.handler()));
    ProcessBuilder process = new ProcessBuilder(command);
    process.directory(code.toFile());
    process.redirectErrorStream(true);
    process.environment().keySet().retainAll(List.of("PATH", "LANG", "HOME", "TMPDIR"));
    process.environment().putAll(environment(function, code, api));
    process.environment().putAll(variables);
    return process;
  }

  private static long heapKilobytes(FunctionSpec function) {
    return (long) (function.memoryMegabytes() * 1024 * HEAP);
  }

  private static Map<String, String> environment(FunctionSpec function, Path code, String api) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("TZ", ":UTC");
    environment.put("_HANDLER", function.handler());
    environment.put("AWS_LAMBDA_RUNTIME_API", api);
    environment.put("LAMBDA_TASK_ROOT", code.toString());
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.id());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + function.memoryMegabytes());
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.id());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put("AWS_REGION", LocalAws.REGION);
    environment.put("AWS_DEFAULT_REGION", LocalAws.REGION);
    return environment;
  }

  /// The jars of the client; the build lays them beside the runner.
  private static List<String> client() throws IOException {
    Path runtime = built().resolve("runtime");
    if (Files.isDirectory(runtime)) {
      try (Stream<Path> jars = Files.list(runtime)) {
        return jars.filter(jar -> jar.toString().endsWith(".jar"))
            .map(Path::toString)
            .sorted()
            .toList();
      }
    }
    throw new IOException(
        "no runtime interface client in " + runtime + ": is the runner built by mvn package?");
  }

  private static Path built() throws IOException {
    try {
      return Path.of(
              LambdaRuntime.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
