/// The function `migrate`: brings the schema, its roles and the public signing keys up to date.
@Configuration
@Requires(property = "turnout.function", value = "migrate")
@NullMarked
package app.turnout.maintenance.migrate;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
