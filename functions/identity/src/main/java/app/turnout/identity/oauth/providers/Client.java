package app.turnout.identity.oauth.providers;

import app.turnout.platform.secrets.Secrets;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What a provider knows us by. Kept as a secret, `{"client_id": …, "client_secret": …}`; a secret
/// that is empty or missing means that this provider is not configured.
record Client(String id, String secret) {
  static Optional<Client> of(Secrets secrets, String name, JsonMapper json) {
    return secrets.find(name).filter(text -> !text.isBlank()).map(text -> read(name, text, json));
  }

  private static Client read(String name, String text, JsonMapper json) {
    try {
      Map<?, ?> fields = json.readValue(text, Map.class);
      if (fields.get("client_id") instanceof String id
          && fields.get("client_secret") instanceof String secret) {
        return new Client(id, secret);
      }
    } catch (IOException e) {
      // Said below, without the text.
    }
    throw new IllegalStateException(
        "turnout.secrets." + name + " is not {\"client_id\": …, \"client_secret\": …}");
  }

  @Override
  public String toString() {
    return id;
  }
}
