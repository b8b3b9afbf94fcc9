package app.turnout.identity.keys;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.List;

/// The public keys that access tokens may be signed with, newest first.
@Singleton
final class PublicKeyRepository {
  /// @param x its 32 bytes in base64url
  record PublicKey(String id, String x) {}

  private final Database database;

  PublicKeyRepository(Database database) {
    this.database = database;
  }

  List<PublicKey> list() {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery(
                    """
                    select key_id, public_key
                    from signing_keys
                    where retired_at is null
                    order by created_at desc, key_id
                    """)
                .map(
                    (row, context) ->
                        new PublicKey(row.getString("key_id"), row.getString("public_key")))
                .list());
  }
}
