package app.turnout.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The access tokens whose signatures this instance has checked last: half of what reading an event
/// takes is that check. Kept is what follows from a token and a key alone, by the token's SHA-256;
/// whether the key is honoured still, and the token's time, are looked at each time.
final class ProvenTokens {
  private static final int MOST = 500;

  /// @param key that the signature was checked by
  record Proven(
      String keyId, PublicKey key, Instant notBefore, Credentials.AccessToken credentials) {}

  private final Map<String, Proven> newest =
      new LinkedHashMap<>(MOST * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Proven> eldest) {
          return size() > MOST;
        }
      };

  /// What is known of a token, or what is found out about it. What proves nothing is not kept.
  Optional<Proven> find(String token, Function<String, Optional<Proven>> prove) {
    String name = name(token);
    synchronized (newest) {
      Proven known = newest.get(name);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<Proven> found = prove.apply(token);
    found.ifPresent(
        proven -> {
          synchronized (newest) {
            newest.put(name, proven);
          }
        });
    return found;
  }

  private static String name(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
