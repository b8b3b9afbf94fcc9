/// The page that a participant's link opens: their date, their answer and their consent, without an
/// account.
@NullMarked
package app.turnout.console.me;

import org.jspecify.annotations.NullMarked;
