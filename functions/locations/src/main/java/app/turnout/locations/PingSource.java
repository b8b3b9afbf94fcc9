package app.turnout.locations;

/// The format that pings came in.
public enum PingSource {
  JSON,
  OWNTRACKS
}
