/// Organizations themselves, and their settings.
@Configuration
@Requires(property = "turnout.function", value = "organizations")
@NullMarked
package app.turnout.organizations.tenants;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
