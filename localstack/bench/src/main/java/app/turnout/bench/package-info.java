/// Measures the product on this machine, and what bounds it on the same machine at the same time.
@NullMarked
package app.turnout.bench;

import org.jspecify.annotations.NullMarked;
