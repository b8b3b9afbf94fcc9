/// What API Gateway's WebSocket API does between clients and functions, and its management API.
@NullMarked
package app.turnout.runner.websocket;

import org.jspecify.annotations.NullMarked;
