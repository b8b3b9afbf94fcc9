package app.turnout.identity.keys;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The public keys that access tokens are honoured by, the latest to sign first.
@Singleton
final class PublicKeyRepository {
  /// One of them.
  ///
  /// @param x its 32 bytes in base64url
  /// @param signsFrom when tokens begin to be signed with it
  /// @param retiredAt when its tokens are not honoured any more; null while no end is planned
  record PublicKey(String id, String x, Instant signsFrom, @Nullable Instant retiredAt) {
    boolean outlives(Instant moment) {
      return retiredAt == null || !retiredAt.isBefore(moment);
    }
  }

  private final Database database;

  PublicKeyRepository(Database database) {
    this.database = database;
  }

  List<PublicKey> list(Instant now) {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery(
                    """
                    select key_id, public_key, signs_from, retired_at
                    from signing_keys
                    where retired_at is null
                       or retired_at > :now
                    order by signs_from desc, key_id
                    """)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map(
                    (row, context) -> {
                      OffsetDateTime retiredAt = row.getObject("retired_at", OffsetDateTime.class);
                      return new PublicKey(
                          row.getString("key_id"),
                          row.getString("public_key"),
                          row.getObject("signs_from", OffsetDateTime.class).toInstant(),
                          retiredAt == null ? null : retiredAt.toInstant());
                    })
                .list());
  }
}
