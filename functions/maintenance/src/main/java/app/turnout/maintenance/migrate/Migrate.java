package app.turnout.maintenance.migrate;

import app.turnout.maintenance.PingPartitions;
import app.turnout.platform.secrets.Secrets;
import app.turnout.schema.Schema;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private final SigningKeyRotation signingKeys;
  private final PingPartitions partitions;
  private final Secrets secrets;
  private final JsonMapper json;
  private final InstantSource time;

  Migrate(
      DataSource owner,
      SigningKeyRotation signingKeys,
      PingPartitions partitions,
      Secrets secrets,
      JsonMapper json,
      InstantSource time) {
    this.owner = owner;
    this.signingKeys = signingKeys;
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
      signingKeys.publish();
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
}
