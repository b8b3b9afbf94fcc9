/// What other services ask about accounts, each by a key of an organization, and only about the
/// people of that organization.
@NullMarked
package app.turnout.identity.internal;

import org.jspecify.annotations.NullMarked;
