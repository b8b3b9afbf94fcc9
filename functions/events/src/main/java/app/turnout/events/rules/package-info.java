/// Recurrence rules of RFC 5545: read, refused when nobody could mean them, expanded in local time,
/// and told in words. No beans: every function of the area may use it.
@NullMarked
package app.turnout.events.rules;

import org.jspecify.annotations.NullMarked;
