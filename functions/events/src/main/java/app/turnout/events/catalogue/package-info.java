/// What everybody may read, without a token: published public events, their dates and areas; and
/// unlisted ones for who has their address. All is said as of the minute, so that answers can be
/// cached.
@Configuration
@Requires(property = "turnout.function", value = "catalogue")
@NullMarked
package app.turnout.events.catalogue;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
