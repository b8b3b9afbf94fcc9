/// Participants of an occurrence: made, confirmed, checked in. Owns the table participants.
@NullMarked
package app.turnout.platform.attendance;

import org.jspecify.annotations.NullMarked;
