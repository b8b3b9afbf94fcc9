package app.turnout.tracks;

import app.turnout.domain.GeoPoint;
import java.util.List;

/// A way along roads: at least one stretch, each beginning where the one before it ends.
record Way(List<Stretch> stretches) {
  Way {
    stretches = List.copyOf(stretches);
    if (stretches.isEmpty()) {
      throw new IllegalArgumentException("a way has at least one stretch");
    }
  }

  GeoPoint start() {
    return stretches.getFirst().from();
  }

  GeoPoint end() {
    return stretches.getLast().to();
  }

  double metres() {
    return stretches.stream().mapToDouble(Stretch::metres).sum();
  }

  /// How long the router takes for it.
  double seconds() {
    return stretches.stream().mapToDouble(Stretch::seconds).sum();
  }
}
