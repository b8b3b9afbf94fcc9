/// The audit log: who did what, to what, from where, by which request; written in the transaction
/// that did it, and changed by nobody.
@NullMarked
package app.turnout.platform.audit;

import org.jspecify.annotations.NullMarked;
