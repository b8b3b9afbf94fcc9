/// The devices that send where participants are: a token each, that can do that and nothing else.
@Configuration
@Requires(property = "turnout.function", value = "locations")
@NullMarked
package app.turnout.locations.devices;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
