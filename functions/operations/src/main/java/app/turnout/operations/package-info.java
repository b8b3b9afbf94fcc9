/// Whether the product is up, and ready to serve.
@NullMarked
package app.turnout.operations;

import org.jspecify.annotations.NullMarked;
