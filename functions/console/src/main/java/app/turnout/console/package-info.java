/// The description of the whole API, for people and programs.
@NullMarked
package app.turnout.console;

import org.jspecify.annotations.NullMarked;
