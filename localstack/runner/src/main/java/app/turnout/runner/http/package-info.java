/// The front: what API Gateway's HTTP API does between a client and a function.
@NullMarked
package app.turnout.runner.http;

import org.jspecify.annotations.NullMarked;
