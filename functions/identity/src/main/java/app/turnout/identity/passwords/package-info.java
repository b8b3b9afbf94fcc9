/// Passwords: which are taken, and how they are kept.
@NullMarked
package app.turnout.identity.passwords;

import org.jspecify.annotations.NullMarked;
