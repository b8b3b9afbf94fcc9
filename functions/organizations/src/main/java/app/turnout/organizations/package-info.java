/// Tenants: organizations, their types and plans, and who is a member of them.
@NullMarked
package app.turnout.organizations;

import org.jspecify.annotations.NullMarked;
