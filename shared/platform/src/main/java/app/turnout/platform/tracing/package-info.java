/// Which request or schedule caused what happens here, over queues and the outbox: X-Ray's trace
/// header, without its SDK.
@NullMarked
package app.turnout.platform.tracing;

import org.jspecify.annotations.NullMarked;
