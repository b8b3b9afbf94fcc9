/// Messages that leave for other areas, by their queues.
@NullMarked
package app.turnout.messaging.relay.areas;

import org.jspecify.annotations.NullMarked;
