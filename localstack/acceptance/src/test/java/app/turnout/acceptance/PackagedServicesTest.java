package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is listed beside a function's jars, so that Micronaut need not look for it in them, is what
/// it would find, less the beans of `functions/unlisted-services`. That no function asks for one of
/// those, all the tests here tell: the functions that they call start by these lists.
class PackagedServicesTest {
  private static final String OF_MICRONAUT = "META-INF/micronaut/";

  /// Looked for in files of this kind, too.
  private static final Pattern OLDER =
      Pattern.compile(
          "META-INF/services/"
              + "(io\\.micronaut\\.(?:core\\.convert\\.TypeConverterRegistrar"
              + "|context\\.env\\.PropertySourceLoader))");

  private static final List<Pattern> UNLISTED =
      Checkout.read(Checkout.ROOT.resolve("functions/unlisted-services"))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Pattern.compile("io\\.micronaut\\.inject\\.BeanDefinitionReference/" + line))
          .toList();

  private static List<Path> packages() {
    return Checkout.areas().stream().map(area -> area.resolve("target/lambda")).toList();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void listIsWhatTheJarsOffer(Path packaged) throws IOException {
    List<String> listed =
        Files.readAllLines(packaged.resolve("services")).stream()
            .filter(line -> !line.isBlank())
            .toList();

    List<String> wanted =
        offered(packaged.resolve("lib")).stream()
            .filter(service -> UNLISTED.stream().noneMatch(one -> one.matcher(service).lookingAt()))
            .toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(listed).anyMatch(line -> line.contains("/app.turnout.platform."));
  }

  @Test
  void everyLineOfWhatIsUnlistedLeavesSomethingOfMicronautOut() throws IOException {
    List<String> offered = offered(packages().getFirst().resolve("lib"));

    for (Pattern one : UNLISTED) {
      assertThat(one.pattern()).contains("/io.micronaut.");
      assertThat(offered).as(one.pattern()).anyMatch(service -> one.matcher(service).lookingAt());
    }
  }

  private static List<String> offered(Path lib) throws IOException {
    List<String> offered = new ArrayList<>();
    try (Stream<Path> jars = Files.list(lib)) {
      for (Path file : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        try (JarFile jar = new JarFile(file.toFile())) {
          jar.stream().forEach(entry -> offered.addAll(offered(jar, entry)));
        }
      }
    }
    return offered;
  }

  private static List<String> offered(JarFile jar, JarEntry entry) {
    String name = entry.getName();
    if (name.startsWith(OF_MICRONAUT) && !entry.isDirectory()) {
      return List.of(name.substring(OF_MICRONAUT.length()));
    }
    Matcher older = OLDER.matcher(name);
    if (!older.matches()) {
      return List.of();
    }
    try {
      String classes = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
      return classes
          .lines()
          .filter(line -> !line.isBlank())
          .map(line -> older.group(1) + "/" + line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
