package app.turnout.runner.template;

/// A route of the WebSocket API.
///
/// @param key `$connect`, `$disconnect`, `$default`, or what the selection expression gives
/// @param functionId that is called
/// @param answers whether the function's answer goes to the client
public record WebSocketRouteSpec(String key, String functionId, boolean answers) {}
