/// What must reach the outside, written with what caused it. Owns the table outbox_messages.
@NullMarked
package app.turnout.platform.outbox;

import org.jspecify.annotations.NullMarked;
