package app.turnout.platform.security;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The public keys that access tokens are honoured by, kept for a minute: within that, a key that
/// was retired is not honoured any more. An id that is not known is looked for at most every ten
/// seconds, whatever many tokens bear it; keys are published long before they sign.
@Singleton
final class SigningKeys {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final int ID_LENGTH = 32;

  private record Key(PublicKey key, @Nullable Instant retiredAt) {
    boolean isHonoured(Instant now) {
      return retiredAt == null || now.isBefore(retiredAt);
    }
  }

  private record Known(Map<String, Key> keys, Instant readAt) {
    boolean isYoungerThan(Duration age, Instant now) {
      return !now.isBefore(readAt) && now.isBefore(readAt.plus(age));
    }
  }

  private final Database database;
  private final InstantSource time;
  private volatile Known known = new Known(Map.of(), Instant.MIN);

  SigningKeys(Database database, InstantSource time) {
    this.database = database;
    this.time = time;
  }

  Optional<PublicKey> find(String keyId) {
    if (keyId.length() != ID_LENGTH) {
      return Optional.empty();
    }
    Instant now = time.instant();
    return Optional.ofNullable(current(keyId, now).keys().get(keyId))
        .filter(key -> key.isHonoured(now))
        .map(Key::key);
  }

  private Known current(String keyId, Instant now) {
    Known kept = known;
    return isEnough(kept, keyId, now) ? kept : read(keyId, now);
  }

  /// One reads, and those that came meanwhile take what it read.
  private synchronized Known read(String keyId, Instant now) {
    if (!isEnough(known, keyId, now)) {
      known = new Known(load(), now);
    }
    return known;
  }

  private static boolean isEnough(Known kept, String keyId, Instant now) {
    return kept.isYoungerThan(kept.keys().containsKey(keyId) ? FRESH : BETWEEN_LOOKS, now);
  }

  private Map<String, Key> load() {
    return database.inTransaction(
        () ->
            Map.copyOf(
                database
                    .handle()
                    .createQuery(
                        """
                        select key_id, public_key, retired_at
                        from signing_keys
                        """)
                    .reduceRows(
                        new HashMap<String, Key>(),
                        (keys, row) -> {
                          OffsetDateTime retiredAt =
                              row.getColumn("retired_at", OffsetDateTime.class);
                          keys.put(
                              row.getColumn("key_id", String.class),
                              new Key(
                                  Ed25519Keys.decode(row.getColumn("public_key", String.class)),
                                  retiredAt == null ? null : retiredAt.toInstant()));
                          return keys;
                        })));
  }
}
