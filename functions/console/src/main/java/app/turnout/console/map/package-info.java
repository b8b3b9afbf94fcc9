/// The live map of a date: who is on the way, when they will be there, and how many will be.
@NullMarked
package app.turnout.console.map;

import org.jspecify.annotations.NullMarked;
