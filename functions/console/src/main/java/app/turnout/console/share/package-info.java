/// The page on which a participant, by their link, lets their phone send its position for as long
/// as they want it to.
@NullMarked
package app.turnout.console.share;

import org.jspecify.annotations.NullMarked;
