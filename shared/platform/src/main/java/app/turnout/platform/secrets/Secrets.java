package app.turnout.platform.secrets;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Secrets by name. The property `turnout.secrets.<name>` is either the ARN of a secret in AWS
/// Secrets Manager, which is fetched once an execution environment, or the value itself.
@Singleton
public final class Secrets {
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
    return environment
        .getProperty("turnout.secrets." + name, String.class)
        .map(value -> value.startsWith("arn:aws") ? fetch(value) : value);
  }

  private String fetch(String arn) {
    return fetched.computeIfAbsent(
        arn,
        key ->
            secretsManager.get().getSecretValue(request -> request.secretId(key)).secretString());
  }
}
