/// Who calls, what they may do, and the transaction in which they do it.
@NullMarked
package app.turnout.platform.security;

import org.jspecify.annotations.NullMarked;
