package app.turnout.events.catalogue;

import app.turnout.domain.GeoPoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which events are looked for, and in which order. What is null is not asked for.
///
/// @param words parts of words, each of which is in what is said of the event
/// @param status `scheduled`, `active`, `completed` or `cancelled`; null for what is neither over
///   nor cancelled
/// @param from the event's first date that ends after this is what counts; null for now
/// @param to and begins before this
/// @param priceMin of the lowest price, in minor units
record CatalogueQuery(
    List<String> words,
    @Nullable String city,
    @Nullable String category,
    @Nullable String type,
    @Nullable String status,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long priceMin,
    @Nullable Long priceMax,
    @Nullable String currency,
    @Nullable GeoPoint near,
    double radiusMetres,
    @Nullable UUID organization,
    CatalogueSort sort) {
  CatalogueQuery {
    words = List.copyOf(words);
  }

  /// The same for the same query only; pages are of one query.
  long fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
