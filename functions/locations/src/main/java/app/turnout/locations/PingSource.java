package app.turnout.locations;

/// The format that pings came in.
public enum PingSource {
  JSON,
  OWNTRACKS,

  /// Traccar's OsmAnd protocol.
  OSMAND,

  /// A track that was recorded and uploaded afterwards.
  GPX
}
