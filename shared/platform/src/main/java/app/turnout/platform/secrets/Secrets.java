package app.turnout.platform.secrets;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Secrets by name. The property `turnout.secrets.<name>` is either the ARN of a secret in AWS
/// Secrets Manager, which is fetched once an execution environment, or the value itself.
@Singleton
public final class Secrets {
  /// Secrets Manager's own labels of a secret's versions.
  private static final String CURRENT = "AWSCURRENT";

  private static final String PREVIOUS = "AWSPREVIOUS";

  private final Environment environment;
  private final BeanProvider<SecretsManagerClient> secretsManager;
  private final Map<String, String> fetched = new ConcurrentHashMap<>();

  Secrets(Environment environment, BeanProvider<SecretsManagerClient> secretsManager) {
    this.environment = environment;
    this.secretsManager = secretsManager;
  }

  /// Throws IllegalStateException when this function has no such secret.
  public String get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("turnout.secrets." + name + " is not set"));
  }

  public Optional<String> find(String name) {
    return reference(name).map(value -> isArn(value) ? fetch(value) : value);
  }

  /// The secret's value now and, where it was replaced, the one before: asked for anew each time,
  /// past what this execution environment or the snapshot it came from has kept. A value that
  /// stands in the property itself may be several, the newest first, with space between them.
  public List<String> versions(String name) {
    return reference(name)
        .map(
            value ->
                isArn(value)
                    ? Stream.of(CURRENT, PREVIOUS)
                        .flatMap(stage -> fetch(value, stage).stream())
                        .toList()
                    : List.of(value.strip().split("\\s+", -1)))
        .orElseGet(List::of);
  }

  /// Gives the secret another value; the one it has becomes the one before.
  ///
  /// @throws IllegalStateException when it is not in Secrets Manager
  public void replace(String name, String value) {
    String arn =
        reference(name)
            .filter(Secrets::isArn)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "turnout.secrets." + name + " is not kept in Secrets Manager"));
    secretsManager.get().putSecretValue(request -> request.secretId(arn).secretString(value));
    fetched.remove(arn);
  }

  private Optional<String> reference(String name) {
    return environment.getProperty("turnout.secrets." + name, String.class);
  }

  private static boolean isArn(String value) {
    return value.startsWith("arn:aws");
  }

  private String fetch(String arn) {
    return fetched.computeIfAbsent(
        arn,
        key ->
            secretsManager.get().getSecretValue(request -> request.secretId(key)).secretString());
  }

  private Optional<String> fetch(String arn, String stage) {
    try {
      return Optional.of(
          secretsManager
              .get()
              .getSecretValue(request -> request.secretId(arn).versionStage(stage))
              .secretString());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }
}
