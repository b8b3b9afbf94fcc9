package app.turnout.live;

/// A WebSocket that somebody watches by.
///
/// @param id API Gateway's
public record Connection(String id, Watch watch) {}
