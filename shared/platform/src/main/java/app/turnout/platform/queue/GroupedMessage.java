package app.turnout.platform.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A message for a FIFO queue.
///
/// @param group messages of one group come in the order in which they were sent, one call at a time
/// @param key two with the same key, sent within five minutes, are one
public record GroupedMessage(String group, String key, String body) {
  /// A message that is the same as another when its body is.
  public static GroupedMessage of(String group, String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return new GroupedMessage(group, HexFormat.of().formatHex(digest), body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
