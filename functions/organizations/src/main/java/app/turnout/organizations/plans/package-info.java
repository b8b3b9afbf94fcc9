/// The plan of an organization: what it allows, how much of that is used, and who may change it.
@Configuration
@Requires(property = "turnout.function", value = "organizations")
@NullMarked
package app.turnout.organizations.plans;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
