/// Keeps the database in shape: its schema at deployment, its partitions and leftovers by schedule.
@NullMarked
package app.turnout.maintenance;

import org.jspecify.annotations.NullMarked;
