package app.turnout.runner;

import app.turnout.runner.template.TemplateResource;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Secrets Manager's part: makes each secret once, by the template's rules, and keeps it in a file
/// that only its owner can read.
final class SecretStore {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final Path directory;
  private final RandomGenerator random = new SecureRandom();

  SecretStore(Path directory) {
    this.directory = directory;
  }

  /// The value of a secret of the template, made now if it is asked for the first time.
  synchronized String value(TemplateResource secret) {
    Map<String, Object> properties = secret.properties();
    if (properties.get("SecretString") instanceof String literal) {
      return literal;
    }
    Map<?, ?> rules =
        properties.get("GenerateSecretString") instanceof Map<?, ?> given ? given : Map.of();
    return kept(secret.id(), rules);
  }

  /// The login of the database's owner as RDS keeps it, made by the same rules.
  synchronized String login(String id, String username) {
    return kept(
        id,
        Map.of(
            "SecretStringTemplate",
            JSON.createObjectNode().put("username", username).toString(),
            "GenerateStringKey",
            "password",
            "ExcludePunctuation",
            "true"));
  }

  /// The password in such a login.
  String password(String id, String username) {
    try {
      return JSON.readTree(login(id, username)).path("password").asText();
    } catch (IOException e) {
      throw new RunnerException("the secret " + id + " is not JSON", e);
    }
  }

  private String kept(String id, Map<?, ?> rules) {
    Path file = directory.resolve(id);
    try {
      if (Files.exists(file)) {
        return Files.readString(file);
      }
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      String value = made(rules);
      PrivateFile.write(file, value);
      return value;
    } catch (IOException e) {
      throw new RunnerException("cannot keep the secret " + id + ": " + e.getMessage(), e);
    }
  }

  private String made(Map<?, ?> rules) throws IOException {
    String generated = generated(rules);
    if (!(rules.get("SecretStringTemplate") instanceof String template)) {
      return generated;
    }
    ObjectNode json = (ObjectNode) JSON.readTree(template);
    return json.put(String.valueOf(rules.get("GenerateStringKey")), generated).toString();
  }

  private String generated(Map<?, ?> rules) {
    StringBuilder characters = new StringBuilder();
    addUnless(rules, "ExcludeLowercase", "abcdefghijklmnopqrstuvwxyz", characters);
    addUnless(rules, "ExcludeUppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", characters);
    addUnless(rules, "ExcludeNumbers", "0123456789", characters);
    addUnless(rules, "ExcludePunctuation", PUNCTUATION, characters);
    String excluded = rules.get("ExcludeCharacters") instanceof String some ? some : "";
    String alphabet =
        characters
            .chars()
            .filter(character -> excluded.indexOf(character) < 0)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    Object wished = rules.get("PasswordLength");
    int length = wished == null ? 32 : Integer.parseInt(wished.toString());
    StringBuilder secret = new StringBuilder();
    for (int i = 0; i < length; i++) {
      secret.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return secret.toString();
  }

  private static void addUnless(
      Map<?, ?> rules, String exclusion, String characters, StringBuilder all) {
    if (!"true".equals(String.valueOf(rules.get(exclusion)))) {
      all.append(characters);
    }
  }

  /// Files that only their owner can read.
  static final class PrivateFile {
    private PrivateFile() {}

    /// Replaces the file as a whole: who reads it sees the old or the new content.
    static void write(Path file, String content) throws IOException {
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(beside);
      Files.createFile(
          beside,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(beside, content, StandardOpenOption.WRITE);
      Files.move(
          beside,
          file,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
