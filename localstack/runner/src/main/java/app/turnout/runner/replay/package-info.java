/// Plays recorded tracks through the public API, as a phone would send them.
@NullMarked
package app.turnout.runner.replay;

import org.jspecify.annotations.NullMarked;
