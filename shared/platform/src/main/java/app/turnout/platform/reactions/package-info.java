/// What happened in other areas, as it comes to an area by the queue `<area>-events`, at least
/// once.
@NullMarked
package app.turnout.platform.reactions;

import org.jspecify.annotations.NullMarked;
