/// How often one may try.
@NullMarked
package app.turnout.identity.attempts;

import org.jspecify.annotations.NullMarked;
