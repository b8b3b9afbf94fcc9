/// Many participants in one request, each with its own outcome.
@NullMarked
package app.turnout.participants.guestlist.batch;

import org.jspecify.annotations.NullMarked;
