package app.turnout.platform.security;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;

/// The public keys that access tokens are signed with. They never change under their id, so they
/// are kept until an unknown id is asked for.
@Singleton
final class SigningKeys {
  private final Database database;
  private volatile Map<String, PublicKey> known = Map.of();

  SigningKeys(Database database) {
    this.database = database;
  }

  Optional<PublicKey> find(String keyId) {
    PublicKey key = known.get(keyId);
    if (key == null && keyId.length() == 32) {
      Map<String, PublicKey> current = load();
      known = current;
      key = current.get(keyId);
    }
    return Optional.ofNullable(key);
  }

  private Map<String, PublicKey> load() {
    return database.inTransaction(
        () ->
            Map.copyOf(
                database
                    .handle()
                    .createQuery(
                        """
                        select key_id, public_key
                        from signing_keys
                        where retired_at is null
                        """)
                    .reduceRows(
                        new java.util.HashMap<String, PublicKey>(),
                        (keys, row) -> {
                          keys.put(
                              row.getColumn("key_id", String.class),
                              Ed25519Keys.decode(row.getColumn("public_key", String.class)));
                          return keys;
                        })));
  }
}
