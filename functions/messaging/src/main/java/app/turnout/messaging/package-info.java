/// What leaves for people: e-mails now, from the outbox.
@NullMarked
package app.turnout.messaging;

import org.jspecify.annotations.NullMarked;
