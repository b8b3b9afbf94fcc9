/// What EventBridge does: calls functions by rate and by cron, in product time.
@NullMarked
package app.turnout.runner.schedule;

import org.jspecify.annotations.NullMarked;
