/// The page on which a participant sets up an app that sends where they are, by their link.
@NullMarked
package app.turnout.console.setup;

import org.jspecify.annotations.NullMarked;
