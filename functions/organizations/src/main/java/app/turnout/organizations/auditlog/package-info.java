/// Reading the audit log of an organization.
@Configuration
@Requires(property = "turnout.function", value = "organizations")
@NullMarked
package app.turnout.organizations.auditlog;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
