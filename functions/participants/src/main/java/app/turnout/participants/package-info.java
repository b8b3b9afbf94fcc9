/// Who is expected, their consent to being located, and the links they act by.
@NullMarked
package app.turnout.participants;

import org.jspecify.annotations.NullMarked;
