/// The answer to a POST that came before. Owns the table idempotency_keys.
@NullMarked
package app.turnout.platform.idempotency;

import org.jspecify.annotations.NullMarked;
