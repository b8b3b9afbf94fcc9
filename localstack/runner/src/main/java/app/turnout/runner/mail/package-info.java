/// The mailbox that every mail ends in.
@NullMarked
package app.turnout.runner.mail;

import org.jspecify.annotations.NullMarked;
