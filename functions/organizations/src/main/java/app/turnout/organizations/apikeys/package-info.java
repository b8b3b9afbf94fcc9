/// What an organization's programs come in by.
@Configuration
@Requires(property = "turnout.function", value = "organizations")
@NullMarked
package app.turnout.organizations.apikeys;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
