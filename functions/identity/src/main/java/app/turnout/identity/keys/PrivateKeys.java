package app.turnout.identity.keys;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.security.Ed25519Keys;
import jakarta.inject.Singleton;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/// The private keys of access tokens, made from the secret `access-token-seed` as it is now and as
/// it was before. Which of them signs, the published ones say: a key that is not published never
/// does. When one is to sign that this execution environment has not heard of, the secret is read
/// anew.
@Singleton
public final class PrivateKeys {
  /// One of them.
  ///
  /// @param id of its public key
  public record Signing(String id, PrivateKey key) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(PrivateKeys.class);
  private static final String SECRET = "access-token-seed";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private record Held(Map<String, PrivateKey> keys, Instant readAt) {
    boolean isYoung(Instant now) {
      return !now.isBefore(readAt) && now.isBefore(readAt.plus(PATIENCE));
    }
  }

  private final Secrets secrets;
  private final PublicKeyRepository publicKeys;
  private volatile Held held = new Held(Map.of(), Instant.MIN);

  PrivateKeys(Secrets secrets, PublicKeyRepository publicKeys) {
    this.secrets = secrets;
    this.publicKeys = publicKeys;
  }

  /// The key to sign a token with.
  ///
  /// @param lifetime of the token: its key is honoured at least as long
  /// @throws ProblemException `unavailable` when no published key is at hand
  public Signing at(Instant now, Duration lifetime) {
    List<PublicKeyRepository.PublicKey> published =
        publicKeys.list(now).stream().filter(key -> key.outlives(now.plus(lifetime))).toList();
    List<String> started =
        published.stream()
            .filter(key -> !now.isBefore(key.signsFrom()))
            .map(PublicKeyRepository.PublicKey::id)
            .toList();
    return first(started.stream().limit(1).toList(), now)
        .or(() -> first(started, now))
        .or(() -> beforeItsTime(published, now))
        .orElseThrow(
            () ->
                ProblemException.retryLater(
                    ProblemType.UNAVAILABLE, "Nothing can be signed for the moment", PATIENCE));
  }

  /// Published is what counts; who keeps a copy of the keys may not have heard of this one yet.
  private Optional<Signing> beforeItsTime(
      List<PublicKeyRepository.PublicKey> published, Instant now) {
    Optional<Signing> next =
        first(published.reversed().stream().map(PublicKeyRepository.PublicKey::id).toList(), now);
    next.ifPresent(key -> LOG.warn("Key {} signs before its time: no other is at hand", key));
    return next;
  }

  /// The first of these that is at hand.
  private Optional<Signing> first(List<String> ids, Instant now) {
    Optional<Signing> found = firstHeld(ids);
    if (found.isEmpty() && !ids.isEmpty() && !held.isYoung(now)) {
      held = new Held(read(held.keys()), now);
      found = firstHeld(ids);
    }
    return found;
  }

  private Optional<Signing> firstHeld(List<String> ids) {
    Map<String, PrivateKey> keys = held.keys();
    for (String id : ids) {
      PrivateKey key = keys.get(id);
      if (key != null) {
        return Optional.of(new Signing(id, key));
      }
    }
    return Optional.empty();
  }

  /// With those that were at hand before: the secret may have been replaced twice since.
  private Map<String, PrivateKey> read(Map<String, PrivateKey> before) {
    Map<String, PrivateKey> keys = new HashMap<>(before);
    try {
      for (String seed : secrets.versions(SECRET)) {
        KeyPair pair = Ed25519Keys.fromSecret(seed);
        keys.put(Ed25519Keys.keyId(pair.getPublic()), pair.getPrivate());
      }
    } catch (SdkException e) {
      LOG.warn("The signing secret could not be read anew", e);
    }
    return Map.copyOf(keys);
  }
}
