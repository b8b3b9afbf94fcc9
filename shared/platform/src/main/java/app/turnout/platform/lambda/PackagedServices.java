package app.turnout.platform.lambda;

import io.micronaut.core.io.service.SoftServiceLoader;
import io.micronaut.core.io.service.SoftServiceLoader.StaticDefinition;
import io.micronaut.core.io.service.SoftServiceLoader.StaticServiceLoader;
import io.micronaut.core.optim.StaticOptimizations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a packaged function's jars offer Micronaut (bean definitions, introspections, converters),
/// as listed beside them by `functions/pom.xml`: a line for each, service, slash, class. Without
/// the list, Micronaut opens and walks every jar at each start to find the same.
final class PackagedServices {
  private static final String LIST = "services";

  /// Asked for by Micronaut at each start whether or not anybody offers it.
  private static final List<String> ASKED_FOR =
      List.of("io.micronaut.context.ApplicationContextConfigurer");

  private PackagedServices() {}

  /// Gives Micronaut the list, before its first look. Does nothing where this class is not
  /// packaged: in tests, and where the runner watches what is compiled.
  static void use() {
    list()
        .ifPresent(
            list -> {
              Map<String, List<String>> classes = read(list);
              ASKED_FOR.forEach(service -> classes.putIfAbsent(service, List.of()));
              Map<String, StaticServiceLoader<?>> loaders = new LinkedHashMap<>();
              classes.forEach((service, names) -> loaders.put(service, new Loader<>(names)));
              StaticOptimizations.set(new SoftServiceLoader.Optimizations(loaders));
            });
  }

  /// It lies beside `lib`, where the jar of this class is.
  private static Optional<Path> list() {
    Path jar;
    try {
      URL source = PackagedServices.class.getProtectionDomain().getCodeSource().getLocation();
      jar = Path.of(source.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return Optional.ofNullable(jar.getParent())
        .map(lib -> lib.resolveSibling(LIST))
        .filter(Files::isRegularFile);
  }

  private static Map<String, List<String>> read(Path list) {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(list)) {
        int slash = line.indexOf('/');
        if (slash > 0) {
          classes
              .computeIfAbsent(line.substring(0, slash), _ -> new ArrayList<>())
              .add(line.substring(slash + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  /// Skips, as Micronaut's own does, what cannot be loaded: it is for a library that is not there.
  private record Loader<S>(List<String> names) implements StaticServiceLoader<S> {
    private static final MethodType NOTHING = MethodType.methodType(void.class);

    @Override
    public Stream<StaticDefinition<S>> findAll(Predicate<String> named) {
      return names.stream()
          .filter(named)
          .flatMap(name -> make(name).stream())
          .map(made -> StaticDefinition.of(made.getClass().getName(), () -> made));
    }

    @Override
    public List<S> load(@Nullable Predicate<S> wanted) {
      List<S> all = new ArrayList<>(names.size());
      for (String name : names) {
        make(name).filter(made -> wanted == null || wanted.test(made)).ifPresent(all::add);
      }
      return all;
    }

    @SuppressWarnings("unchecked")
    private Optional<S> make(String name) {
      try {
        Class<?> type = Class.forName(name, false, PackagedServices.class.getClassLoader());
        return Optional.of(
            (S) MethodHandles.publicLookup().findConstructor(type, NOTHING).invoke());
      } catch (NoClassDefFoundError | ReflectiveOperationException e) {
        return Optional.empty();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(name, e);
      }
    }
  }
}
