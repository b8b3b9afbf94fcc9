package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Before a snapshot is taken of a function (SnapStart), every singleton is made that its package
/// lists, also those that no request asks for: nothing that one of them needs may be missing from
/// the list. Alone, because functions that start from one package at once are in each other's way.
@Isolated
class SnapshotBeansTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  private static Stream<String> functions() {
    return Template.map(Template.read(), "Resources").entrySet().stream()
        .filter(
            resource ->
                ((Map<?, ?>) resource.getValue()).get("Properties") instanceof Map<?, ?> properties
                    && properties.containsKey("SnapStart"))
        .map(resource -> String.valueOf(resource.getKey()));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everySingletonOfThePackageIsMade(String function) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(classPath(function), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      // It hands the package's list over.
      Class.forName("app.turnout.platform.lambda.FunctionContext", true, loader);
      Class<?> builders = loader.loadClass("io.micronaut.context.ApplicationContextBuilder");
      Object builder =
          loader
              .loadClass("io.micronaut.function.aws.LambdaApplicationContextBuilder")
              .getConstructor()
              .newInstance();
      builders.getMethod("banner", boolean.class).invoke(builder, false);

      try (AutoCloseable beans = (AutoCloseable) builders.getMethod("start").invoke(builder)) {
        assertThat(beans.getClass().getMethod("isRunning").invoke(beans)).isEqualTo(true);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// Its settings, as the runner wrote them, and its jars.
  private static URL[] classPath(String function) throws IOException {
    Map<?, ?> properties =
        Template.map(
            Template.map(Template.map(Template.read(), "Resources"), function), "Properties");
    Path lib = Checkout.ROOT.resolve(String.valueOf(properties.get("CodeUri"))).resolve("lib");
    List<Path> entries = new ArrayList<>();
    entries.add(TURNOUT.settings(function));
    try (Stream<Path> jars = Files.list(lib)) {
      jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(entries::add);
    }
    URL[] urls = new URL[entries.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = entries.get(i).toUri().toURL();
    }
    return urls;
  }
}
