/// The catalogue of problems, as the caller sees them (RFC 9457).
@NullMarked
package app.turnout.platform.problem;

import org.jspecify.annotations.NullMarked;
