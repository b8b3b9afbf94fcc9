package app.turnout.locations;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import java.time.Instant;
import java.util.List;

/// Pings of one participant on their way through the queue. A few go as JSON, which people can read
/// ([PingMessageJson]); many go packed ([PackedPingMessage]), in a quarter of the room or less, for
/// queues cost and take time by their size. [#MOST_PINGS] of them, packed or not, are under 100 KB,
/// so a call's pings fit into one message of SQS, which takes 256 KB.
///
/// @param receivedAt when the API took them
public record PingMessage(
    OrganizationId organization,
    OccurrenceId occurrence,
    ParticipantId participant,
    Instant receivedAt,
    PingSource source,
    List<Ping> pings) {
  public static final int MOST_PINGS = 500;

  /// Fewer are not worth it.
  static final int PACKED_FROM = 5;

  public PingMessage {
    pings = List.copyOf(pings);
    if (pings.isEmpty() || pings.size() > MOST_PINGS) {
      throw new IllegalArgumentException("a message has 1 to " + MOST_PINGS + " pings");
    }
  }

  /// As it goes through the queue, packed when that is worth it.
  public String toText() {
    return pings.size() < PACKED_FROM ? toJson() : PackedPingMessage.write(this);
  }

  public String toJson() {
    return PingMessageJson.write(this);
  }

  /// Throws [IllegalArgumentException] when it is not such a message, or its pings are impossible.
  public static PingMessage parse(String text) {
    return text.startsWith("{") ? PingMessageJson.read(text) : PackedPingMessage.read(text);
  }
}
