package app.turnout.maintenance.migrate;

import app.turnout.maintenance.PingPartitions;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.security.Ed25519Keys;
import app.turnout.schema.Schema;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/// Applies what the database lacks, as its owner: roles, migrations, the public key of the secret
/// that access tokens are signed with now, the partitions of pings around today.
@Singleton
final class Migrate {
  private final DataSource owner;
  private final Database database;
  private final PingPartitions partitions;
  private final Secrets secrets;
  private final JsonMapper json;
  private final InstantSource time;

  Migrate(
      DataSource owner,
      Database database,
      PingPartitions partitions,
      Secrets secrets,
      JsonMapper json,
      InstantSource time) {
    this.owner = owner;
    this.database = database;
    this.partitions = partitions;
    this.secrets = secrets;
    this.json = json;
    this.time = time;
  }

  int run() {
    Map<String, String> passwords = new HashMap<>();
    for (String secret : new String[] {"app-database", "jobs-database"}) {
      Map<?, ?> credentials = credentials(secret);
      passwords.put(
          String.valueOf(credentials.get("username")), String.valueOf(credentials.get("password")));
    }
    try {
      int migrations = new Schema(owner).migrate(passwords);
      publishSigningKey(Ed25519Keys.fromSecret(secrets.get("access-token-seed")).getPublic());
      partitions.makeAround(LocalDate.ofInstant(time.instant(), ZoneOffset.UTC));
      return migrations;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<?, ?> credentials(String secret) {
    try {
      return json.readValue(secrets.get(secret), Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void publishSigningKey(PublicKey key) {
    database.run(
        () ->
            database
                .handle()
                .createUpdate(
                    """
                    insert into signing_keys (key_id, public_key, created_at)
                    values (:keyId, :publicKey, :now)
                    on conflict (key_id) do nothing
                    """)
                .bind("keyId", Ed25519Keys.keyId(key))
                .bind("publicKey", Ed25519Keys.encode(key))
                .bind("now", time.instant().atOffset(ZoneOffset.UTC))
                .execute());
  }
}
