/// Guest lists that come as CSV: what is told of them, their parts, a look at what would come of
/// them, and what came of them. The function `participants-imports` does the work.
@NullMarked
package app.turnout.participants.guestlist.imports;

import org.jspecify.annotations.NullMarked;
