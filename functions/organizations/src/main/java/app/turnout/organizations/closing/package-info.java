/// Organizations that are being deleted: asked for, taken back, and the receipt when all is gone.
@Configuration
@Requires(property = "turnout.function", value = "organizations")
@NullMarked
package app.turnout.organizations.closing;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
