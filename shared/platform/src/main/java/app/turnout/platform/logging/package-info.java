/// What functions say in their logs: one line of JSON an event, in which request it was, and no
/// personal data.
@NullMarked
package app.turnout.platform.logging;

import org.jspecify.annotations.NullMarked;
