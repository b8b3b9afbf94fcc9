/// Dates as they happen, for those who watch them: who watches what, and what they are shown. What
/// the three functions speak: the one that lets watchers in, the one they are connected to, and the
/// one that tells them.
@NullMarked
package app.turnout.live;

import org.jspecify.annotations.NullMarked;
