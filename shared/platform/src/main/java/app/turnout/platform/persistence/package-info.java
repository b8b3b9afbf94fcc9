/// PostgreSQL: one transaction a call, and what its errors mean.
@NullMarked
package app.turnout.platform.persistence;

import org.jspecify.annotations.NullMarked;
