/// Loads the functions and calls them as Lambda does.
@NullMarked
package app.turnout.runner.function;

import org.jspecify.annotations.NullMarked;
