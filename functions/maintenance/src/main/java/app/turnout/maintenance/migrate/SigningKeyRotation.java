package app.turnout.maintenance.migrate;

import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.security.Ed25519Keys;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Publishes the public key of the secret that access tokens are signed with, and changes that
/// secret. A new key signs only some time after it was published, and the one before it is honoured
/// until the last of its tokens has ended, so nobody is logged out.
@Singleton
final class SigningKeyRotation {
  /// When a new key takes over.
  enum Pace {
    /// Once everybody who keeps a copy of the published keys has heard of it.
    PLANNED,

    /// Now, and the tokens of all others are not honoured any more: their holders refresh them.
    AT_ONCE
  }

  /// A published key.
  ///
  /// @param retiredAt null while no end is planned
  record Published(String id, Instant signsFrom, @Nullable Instant retiredAt) {}

  private static final String SECRET = "access-token-seed";
  private static final int SEED_BYTES = 48;

  private final Database database;
  private final Secrets secrets;
  private final SigningKeySettings settings;
  private final InstantSource time;
  private final SecureRandom random = new SecureRandom();

  SigningKeyRotation(
      Database database, Secrets secrets, SigningKeySettings settings, InstantSource time) {
    this.database = database;
    this.secrets = secrets;
    this.settings = settings;
    this.time = time;
  }

  /// Publishes the key of the secret as it is now, unless that was done.
  void publish() {
    publish(Pace.PLANNED);
  }

  /// Makes a new secret and publishes its key. Safe to call again: while a key waits to sign, a
  /// planned rotation makes no other. The keys that are honoured then, the latest first.
  List<Published> rotate(Pace pace) {
    // Of a secret that was made and not published, since something failed in between.
    publish();
    if (pace == Pace.AT_ONCE || !isUnderWay()) {
      // First the secret: a key that is published and that nobody holds could not sign.
      secrets.replace(SECRET, seed());
      publish(pace);
    }
    return list();
  }

  private boolean isUnderWay() {
    Instant now = time.instant();
    return list().stream().anyMatch(key -> key.signsFrom().isAfter(now));
  }

  private void publish(Pace pace) {
    PublicKey key =
        Ed25519Keys.fromSecret(
                secrets.versions(SECRET).stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no " + SECRET)))
            .getPublic();
    database.run(() -> publish(key, pace));
  }

  private void publish(PublicKey key, Pace pace) {
    Instant now = time.instant();
    Duration lead = isFirst() || pace == Pace.AT_ONCE ? Duration.ZERO : settings.lead();
    Instant signsFrom = now.plus(lead);
    boolean isNew =
        database
                .handle()
                .createUpdate(
                    """
                    insert into signing_keys (key_id, public_key, created_at, signs_from)
                    values (:keyId, :publicKey, :now, :signsFrom)
                    on conflict (key_id) do nothing
                    """)
                .bind("keyId", Ed25519Keys.keyId(key))
                .bind("publicKey", Ed25519Keys.encode(key))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("signsFrom", signsFrom.atOffset(ZoneOffset.UTC))
                .execute()
            == 1;
    if (isNew) {
      retireOthers(
          Ed25519Keys.keyId(key),
          pace == Pace.AT_ONCE ? now : signsFrom.plus(settings.honouredFor()));
    }
  }

  private boolean isFirst() {
    return database
        .handle()
        .createQuery("select not exists (select from signing_keys)")
        .mapTo(Boolean.class)
        .one();
  }

  /// Never later than was planned already.
  private void retireOthers(String keyId, Instant at) {
    database
        .handle()
        .createUpdate(
            """
            update signing_keys
            set retired_at = :at
            where key_id <> :keyId
              and (retired_at is null or retired_at > :at)
            """)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .bind("keyId", keyId)
        .execute();
  }

  private List<Published> list() {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery(
                    """
                    select key_id, signs_from, retired_at
                    from signing_keys
                    where retired_at is null
                       or retired_at > :now
                    order by signs_from desc, key_id
                    """)
                .bind("now", time.instant().atOffset(ZoneOffset.UTC))
                .map(
                    (row, context) -> {
                      OffsetDateTime retiredAt = row.getObject("retired_at", OffsetDateTime.class);
                      return new Published(
                          row.getString("key_id"),
                          row.getObject("signs_from", OffsetDateTime.class).toInstant(),
                          retiredAt == null ? null : retiredAt.toInstant());
                    })
                .list());
  }

  private String seed() {
    byte[] bytes = new byte[SEED_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
