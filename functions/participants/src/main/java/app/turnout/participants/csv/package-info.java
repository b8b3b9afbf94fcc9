/// Comma-separated values as people and their programs write them: RFC 4180, and what is made of
/// it.
@NullMarked
package app.turnout.participants.csv;

import org.jspecify.annotations.NullMarked;
