/// What happens and when: events, their dates, and the venues they are held at.
@NullMarked
package app.turnout.events;

import org.jspecify.annotations.NullMarked;
