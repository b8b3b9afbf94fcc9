/// What two or more areas speak: ids, places and times. Plain values, no framework, no clock.
@NullMarked
package app.turnout.domain;

import org.jspecify.annotations.NullMarked;
