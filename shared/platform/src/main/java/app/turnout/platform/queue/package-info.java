/// SQS queues.
@NullMarked
package app.turnout.platform.queue;

import org.jspecify.annotations.NullMarked;
