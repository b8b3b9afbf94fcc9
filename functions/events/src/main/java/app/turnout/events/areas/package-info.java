/// Venues of an organization.
@NullMarked
package app.turnout.events.areas;

import org.jspecify.annotations.NullMarked;
