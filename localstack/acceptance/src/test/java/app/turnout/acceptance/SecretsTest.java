package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Secrets are in Secrets Manager, and nowhere else.
class SecretsTest {
  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", ".turnout", "node_modules", ".venv");
  private static final int LARGEST = 2_000_000;

  /// What nobody writes but as a secret.
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
          Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
          Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36}"),
          Pattern.compile("\\bxox[abpr]-[0-9A-Za-z-]{10,}"),
          Pattern.compile("\\b[sr]k_live_[0-9A-Za-z]{16,}"),
          Pattern.compile("\\bwhsec_[0-9A-Za-z+/]{24,}"),
          Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"),
          Pattern.compile("\\bEAA[0-9A-Za-z]{60,}"),
          Pattern.compile("\\beyJ[\\w-]{20,}\\.eyJ[\\w-]{20,}\\.[\\w-]{20,}"),
          Pattern.compile("\\btk_[0-9a-f]{12}_[\\w-]{43}\\b"));

  @Test
  void noFileHoldsASecret() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    try (Stream<Path> walk = Files.walk(Checkout.ROOT)) {
      for (Path file : walk.filter(SecretsTest::isOurs).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        SECRETS.stream()
            .filter(secret -> secret.matcher(text).find())
            .forEach(secret -> found.add(file + ": " + secret));
        files++;
      }
    }

    assertThat(found).isEmpty();
    assertThat(files).isGreaterThan(300);
  }

  @Test
  void templatesOutputsTellNoSecret() {
    Map<?, ?> template = Template.read();
    Map<?, ?> resources = Template.map(template, "Resources");

    List<String> told = new ArrayList<>();
    Template.map(template, "Outputs")
        .forEach(
            (name, output) -> {
              String value = String.valueOf(((Map<?, ?>) output).get("Value"));
              resources.forEach(
                  (id, resource) -> {
                    if (isSecret((Map<?, ?>) resource) && value.contains(String.valueOf(id))) {
                      told.add(name + " tells " + id);
                    }
                  });
              if (value.matches("(?s).*(?:[Ss]ecret|[Pp]assword|[Kk]ey|[Tt]oken|resolve:).*")) {
                told.add(name + " is " + value);
              }
            });

    assertThat(told).isEmpty();
  }

  /// A function is told where a secret is; what it is would stand in the console for all to see.
  @Test
  void environmentHoldsReferencesAndNoSecrets() {
    Map<?, ?> template = Template.read();
    List<String> literal = new ArrayList<>();
    int references = 0;
    for (Object resource : Template.map(template, "Resources").values()) {
      Map<?, ?> properties = (Map<?, ?>) ((Map<?, ?>) resource).get("Properties");
      if (properties == null || !(properties.get("Environment") instanceof Map<?, ?> environment)) {
        continue;
      }
      for (Map.Entry<?, ?> variable : Template.map(environment, "Variables").entrySet()) {
        String value = String.valueOf(variable.getValue());
        if (String.valueOf(variable.getKey()).startsWith("TURNOUT_SECRETS_")) {
          references++;
          if (!value.matches("!(?:Ref|GetAtt|If) .*")) {
            literal.add(variable.getKey() + " is " + value);
          }
        }
        if (value.contains("{{resolve:")) {
          literal.add(variable.getKey() + " is " + value);
        }
      }
    }

    assertThat(literal).isEmpty();
    assertThat(references).isGreaterThan(10);
  }

  private static boolean isSecret(Map<?, ?> resource) {
    return "AWS::SecretsManager::Secret".equals(resource.get("Type"));
  }

  private static boolean isOurs(Path file) {
    for (Path part : Checkout.ROOT.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return Files.isRegularFile(file) && file.toFile().length() < LARGEST;
  }
}
