/// Tracks of people on their way through a small town: the roads are a router's, the traffic, the
/// stops and the faults of phones are drawn from a seeded generator, so they come out the same each
/// time.
@NullMarked
package app.turnout.tracks;

import org.jspecify.annotations.NullMarked;
