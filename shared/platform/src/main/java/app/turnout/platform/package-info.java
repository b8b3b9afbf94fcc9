/// What every function stands on: callers and permissions, tenants, problems, transactions, the
/// outbox, Lambda plumbing.
@NullMarked
package app.turnout.platform;

import org.jspecify.annotations.NullMarked;
