/// Cold starts: a process of its own for each, with the runtime interface client that AWS ships.
@NullMarked
package app.turnout.bench.cold;

import org.jspecify.annotations.NullMarked;
