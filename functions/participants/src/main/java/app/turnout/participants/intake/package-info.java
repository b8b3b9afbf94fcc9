/// Many people at once, whichever function takes them in: what is known of those who are expected
/// already.
@NullMarked
package app.turnout.participants.intake;

import org.jspecify.annotations.NullMarked;
