/// What several pages load.
@NullMarked
package app.turnout.console.common;

import org.jspecify.annotations.NullMarked;
