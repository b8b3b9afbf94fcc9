/// Where participants are: pings, latest positions and arrivals. What both functions speak, the one
/// that takes pings and the one that writes them.
@NullMarked
package app.turnout.locations;

import org.jspecify.annotations.NullMarked;
