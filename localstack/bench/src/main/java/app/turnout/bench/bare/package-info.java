/// The floor of taking a ping: a function of Lambda that hands a body to a queue. It runs in a
/// class loader of its own, as the product's functions do.
@NullMarked
package app.turnout.bench.bare;

import org.jspecify.annotations.NullMarked;
