/// When they will be here: arrival times from positions. Owns no table; reads what `events`,
/// `participants` and `locations` keep.
@NullMarked
package app.turnout.eta;

import org.jspecify.annotations.NullMarked;
