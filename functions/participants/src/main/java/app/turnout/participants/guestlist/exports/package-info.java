/// Guest lists to take away.
@NullMarked
package app.turnout.participants.guestlist.exports;

import org.jspecify.annotations.NullMarked;
