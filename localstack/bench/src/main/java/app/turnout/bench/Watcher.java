package app.turnout.bench;

import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Somebody who watches an event, and notes when what came.
final class Watcher implements WebSocket.Listener {
  private final Sightings sightings;
  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final StringBuilder message = new StringBuilder();
  private final List<Sighting> seen = new ArrayList<>();
  private final Map<String, Instant> newest = new HashMap<>();

  /// @param positions when the newest of each participant was recorded
  private record Sighting(long nanos, Map<String, Instant> positions) {}

  Watcher(Sightings sightings) {
    this.sightings = sightings;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      take(System.nanoTime(), message.toString());
      message.setLength(0);
    }
    socket.request(1);
    return null;
  }

  /// Notes a message that has come.
  void take(long nanos, String text) {
    if (text.contains("\"event_update\"")) {
      subscribed.complete(null);
    } else if (text.contains("\"error\"") || text.contains("Internal server error")) {
      subscribed.completeExceptionally(new IllegalStateException(text));
    }
    Map<String, Instant> positions = sightings.of(text);
    if (!positions.isEmpty()) {
      synchronized (this) {
        seen.add(new Sighting(nanos, positions));
        positions.forEach(
            (participant, time) ->
                newest.merge(participant, time, (one, other) -> one.isAfter(other) ? one : other));
      }
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    subscribed.completeExceptionally(
        new IllegalStateException("closed with " + status + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    subscribed.completeExceptionally(error);
  }

  /// Waits until the answer to the subscription is here.
  void awaitSubscribed(Duration patience) throws InterruptedException {
    try {
      subscribed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a watcher cannot subscribe", e);
    }
  }

  /// Whether everything that was accepted came, or something newer of the same participant.
  synchronized boolean hasAll(List<Accepted> accepted) {
    return accepted.stream()
        .allMatch(
            call ->
                !newest.getOrDefault(call.participant(), Instant.MIN).isBefore(call.recordedAt()));
  }

  /// How many seconds after its acceptance each call's newest ping was here, or something newer of
  /// the same participant.
  synchronized DoubleStream delays(List<Accepted> accepted) {
    return accepted.stream().mapToDouble(call -> Math.max(0, arrival(call) - call.nanos()) / 1e9);
  }

  private long arrival(Accepted call) {
    for (Sighting sighting : seen) {
      Instant time = sighting.positions().get(call.participant());
      if (time != null && !time.isBefore(call.recordedAt())) {
        return sighting.nanos();
      }
    }
    throw new IllegalStateException("a position that was seen is gone");
  }
}
