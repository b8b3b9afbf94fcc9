/// What tenants' plans allow, and how much of it is used.
@NullMarked
package app.turnout.platform.plans;

import org.jspecify.annotations.NullMarked;
