/// Erasing all that is an organization's, area by area, and the receipt of it.
@NullMarked
package app.turnout.platform.erasure;

import org.jspecify.annotations.NullMarked;
