/// Secrets by reference.
@NullMarked
package app.turnout.platform.secrets;

import org.jspecify.annotations.NullMarked;
