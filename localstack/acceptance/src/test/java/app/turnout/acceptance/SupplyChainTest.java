package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What Turnout is made of is written down in `target/turnout.cdx.json` (CycloneDX), and may be
/// given to others.
class SupplyChainTest {
  /// SPDX's names; a component that may be had under several needs one of them.
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "0BSD",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-2.0",
          "MPL-2.0");

  /// Licences that have no name of SPDX's, or that were published under a wrong one; each was read.
  private static final Map<String, String> READ =
      Map.of(
          "antlr4-runtime", "BSD-4-Clause, as \"The BSD License\" is taken for: it has 3 clauses",
          "bcprov-jdk18on", "Bouncy Castle Licence: the words of MIT");

  /// On one machine only, never deployed: may be used freely with AWS, and not be passed on.
  private static final Map<String, String> LOCAL =
      Map.of("DynamoDBLocal", "DynamoDB Local License Agreement");

  /// By their file names.
  private static final Map<String, JsonNode> COMPONENTS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    Path bill = Checkout.ROOT.resolve("target/turnout.cdx.json");
    assumeTrue(
        Files.exists(bill),
        "No bill of materials to look at: Maven writes none when it is offline");
    for (JsonNode component : new ObjectMapper().readTree(bill.toFile()).path("components")) {
      COMPONENTS.put(
          component.path("name").asText() + "-" + component.path("version").asText(), component);
    }
  }

  @Test
  void whatIsDeployedAndStartedIsOnTheBillByItsHash() throws Exception {
    List<String> wrong = new ArrayList<>();

    Collection<Path> jars = jars().values();

    assertThat(jars).hasSizeGreaterThan(100);
    for (Path jar : jars) {
      JsonNode component = component(jar);
      if (component.isMissingNode()) {
        wrong.add(jar + " is not on the bill");
      } else if (component.path("group").asText().equals("app.turnout")) {
        // Not there yet when the bill is written.
        assertThat(component.has("hashes")).isFalse();
      } else if (!sha256(component).equals(sha256(jar))) {
        wrong.add(jar + " is another file than the bill says");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everythingMayBeGivenToOthers() {
    List<String> wrong = new ArrayList<>();
    Set<String> exceptions = new TreeSet<>();
    COMPONENTS.forEach(
        (file, component) -> {
          String name = component.path("name").asText();
          List<String> licences = licences(component);
          if (licences.stream().noneMatch(ALLOWED::contains)) {
            exceptions.add(name);
            String expected = READ.getOrDefault(name, LOCAL.getOrDefault(name, ""));
            if (licences.isEmpty() || !expected.startsWith(licences.getFirst())) {
              wrong.add(file + " comes under " + licences);
            }
          }
        });

    assertThat(wrong).isEmpty();
    assertThat(exceptions)
        .as("nothing is excepted that is not there")
        .containsAll(READ.keySet())
        .containsAll(LOCAL.keySet());
  }

  @Test
  void whatMayNotBePassedOnIsNotDeployed() throws IOException {
    List<String> deployed = new ArrayList<>();
    for (Path area : Checkout.areas()) {
      for (Path jar : list(area.resolve("target/lambda/lib"))) {
        if (LOCAL.containsKey(component(jar).path("name").asText())) {
          deployed.add(jar.toString());
        }
      }
    }

    assertThat(deployed).isEmpty();
  }

  /// The bill itself is the same whenever and wherever it is written.
  @Test
  void billHasNoTimeOfItsOwn() throws IOException {
    JsonNode bill =
        new ObjectMapper().readTree(Checkout.ROOT.resolve("target/turnout.cdx.json").toFile());

    assertThat(bill.at("/bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata").has("timestamp")).isFalse();
    assertThat(bill.at("/metadata/component/name").asText()).isEqualTo("turnout");
    assertThat(bill.path("dependencies")).hasSizeGreaterThan(COMPONENTS.size() / 2);
  }

  private static JsonNode component(Path jar) {
    String name = String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "");
    // A jar of Netty's for one platform has that at its end.
    while (!COMPONENTS.containsKey(name) && name.contains("-")) {
      name = name.substring(0, name.lastIndexOf('-'));
    }
    JsonNode component = COMPONENTS.get(name);
    return component == null ? new ObjectMapper().missingNode() : component;
  }

  private static List<String> licences(JsonNode component) {
    List<String> licences = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      licences.add(
          choice.has("expression")
              ? choice.path("expression").asText()
              : licence.path("id").asText(licence.path("name").asText()));
    }
    return licences;
  }

  /// One of each file that functions and the runner carry.
  private static Map<String, Path> jars() throws IOException {
    Map<String, Path> jars = new TreeMap<>();
    List<Path> folders = new ArrayList<>();
    Checkout.areas().forEach(area -> folders.add(area.resolve("target/lambda/lib")));
    folders.add(Checkout.ROOT.resolve("localstack/runner/target/lib"));
    for (Path folder : folders) {
      for (Path jar : list(folder)) {
        jars.putIfAbsent(jar.getFileName() + " " + Files.size(jar), jar);
      }
    }
    return jars;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.path("hashes")) {
      if (hash.path("alg").asText().equals("SHA-256")) {
        return hash.path("content").asText();
      }
    }
    return "";
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
