/// JSON at the edge: read strictly, with every fault named; names and times as they are on the
/// wire.
@NullMarked
package app.turnout.platform.json;

import org.jspecify.annotations.NullMarked;
