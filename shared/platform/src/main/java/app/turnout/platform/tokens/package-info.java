/// Secrets that are derived, never kept, and the ids of what we make.
@NullMarked
package app.turnout.platform.tokens;

import org.jspecify.annotations.NullMarked;
