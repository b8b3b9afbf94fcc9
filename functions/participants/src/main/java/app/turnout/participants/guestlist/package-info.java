/// Who is expected: participants of an occurrence, the links they act by, and their consent.
@Configuration
@Requires(property = "turnout.function", value = "participants")
@NullMarked
package app.turnout.participants.guestlist;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
