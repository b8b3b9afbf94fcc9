package app.turnout.identity.keys;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// A JWK Set (RFC 7517 §5).
@Serdeable
record PublicKeysResponse(List<Key> keys) {
  /// An Ed25519 public key (RFC 8037 §2).
  @Serdeable
  record Key(String kty, String crv, String x, String kid, String use, String alg) {}
}
