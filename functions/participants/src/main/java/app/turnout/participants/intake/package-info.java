/// Many people at once, whichever function takes them in: how they are read, and who of them is
/// expected already.
@NullMarked
package app.turnout.participants.intake;

import org.jspecify.annotations.NullMarked;
