/// The database: one sequence of migrations, and what applies it.
@NullMarked
package app.turnout.schema;

import org.jspecify.annotations.NullMarked;
