/// When they will be here: arrival times from positions, by a router where there is one. Owns
/// `etas`, what was computed of each participant's newest position; reads what `events`,
/// `participants` and `locations` keep.
@NullMarked
package app.turnout.eta;

import org.jspecify.annotations.NullMarked;
