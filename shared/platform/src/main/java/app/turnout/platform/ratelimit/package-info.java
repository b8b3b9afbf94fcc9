/// How often somebody may do something, counted where all functions see it.
@NullMarked
package app.turnout.platform.ratelimit;

import org.jspecify.annotations.NullMarked;
