package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each version stands in one place: Maven's in the root's `pom.xml`, Python's in
/// `localstack/requirements.txt`. What must be repeated elsewhere, an image's tag, is the same
/// everywhere.
class VersionsTest {
  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", ".turnout", "node_modules", ".venv");
  private static final int LARGEST = 200_000;

  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
  private static final Pattern VERSION =
      Pattern.compile("<([\\w.-]*\\b[Vv]ersion)>\\s*(?!\\$\\{)([^<]*)</");
  private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+\\.version)>");
  private static final Pattern PIN = Pattern.compile("([A-Za-z][\\w.-]*)==(\\d[\\w.]*)");

  /// `repository/name:tag`, of a registry or not; no port of an address.
  private static final Pattern IMAGE =
      Pattern.compile("(?<![\\w/.:@-])((?:[a-z0-9.-]+/)+[a-z0-9_-]+):(v?\\d+[\\w.-]*\\w)");

  @Test
  void onlyTheRootPomNamesVersions() {
    Map<Path, String> poms = poms();

    List<String> elsewhere = new ArrayList<>();
    poms.forEach(
        (file, text) -> {
          if (!file.equals(Path.of("pom.xml"))) {
            Matcher version = VERSION.matcher(PARENT.matcher(text).replaceAll(""));
            while (version.find()) {
              elsewhere.add("%s: %s %s".formatted(file, version.group(1), version.group(2)));
            }
          }
        });

    assertThat(elsewhere).isEmpty();
    assertThat(poms).hasSizeGreaterThan(15);
  }

  @Test
  void everyVersionThatIsNamedIsUsed() {
    Map<Path, String> poms = poms();
    String all = String.join("\n", poms.values());

    List<String> unused =
        PROPERTY
            .matcher(poms.getOrDefault(Path.of("pom.xml"), ""))
            .results()
            .map(property -> property.group(1))
            .filter(name -> !all.contains("${" + name + "}"))
            .toList();

    assertThat(unused).isEmpty();
  }

  /// Of what scripts install; how a test's data were made is written down beside them.
  @Test
  void pythonsPackagesArePinnedInOneFile() {
    Set<String> files = new TreeSet<>();
    for (Path file : sources()) {
      String name = file.toString();
      if (!name.contains("src/test/resources")
          && !name.endsWith(".java")
          && !name.endsWith(".js")
          && PIN.matcher(Checkout.read(Checkout.ROOT.resolve(file))).find()) {
        files.add(name);
      }
    }

    assertThat(files).containsExactly("localstack/requirements.txt");
  }

  @Test
  void imagesHaveTheSameTagEverywhere() {
    Map<String, Set<String>> tags = new TreeMap<>();
    for (Path file : sources()) {
      Matcher image = IMAGE.matcher(Checkout.read(Checkout.ROOT.resolve(file)));
      while (image.find()) {
        tags.computeIfAbsent(image.group(1), name -> new TreeSet<>()).add(image.group(2));
      }
    }

    tags.forEach((name, used) -> assertThat(used).as(name).hasSize(1));
  }

  /// Maven builds several modules at once; what reads an area's files says that it comes later.
  @Test
  void areasAreBuiltBeforeWhatReadsThem() {
    String console = Checkout.read(Checkout.ROOT.resolve("functions/console/pom.xml"));
    String acceptance = Checkout.read(Checkout.ROOT.resolve("localstack/acceptance/pom.xml"));

    for (Path area : Checkout.areas()) {
      assertThat(console).contains("<artifactId>turnout-" + area.getFileName() + "</artifactId>");
    }
    assertThat(acceptance).contains("<artifactId>turnout-console</artifactId>");
  }

  private static Map<Path, String> poms() {
    Map<Path, String> poms = new TreeMap<>();
    for (Path file : sources()) {
      if (file.endsWith("pom.xml")) {
        String text = Checkout.read(Checkout.ROOT.resolve(file));
        poms.put(file, COMMENT.matcher(text).replaceAll(""));
      }
    }
    return poms;
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(Checkout.ROOT)) {
      return files
          .map(Checkout.ROOT::relativize)
          .filter(VersionsTest::isOurs)
          .filter(file -> isText(Checkout.ROOT.resolve(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : file) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) < LARGEST
          && Files.readString(file, StandardCharsets.ISO_8859_1).indexOf(0) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
