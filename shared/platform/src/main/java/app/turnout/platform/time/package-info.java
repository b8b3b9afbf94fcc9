/// Product time: the one clock of all that is stored or signed.
@NullMarked
package app.turnout.platform.time;

import org.jspecify.annotations.NullMarked;
