package app.turnout.events.dates;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;

/// A date beside those of the rule. It lasts as long as they do.
@Serdeable
record ExtraDateRequest(OffsetDateTime startsAt) {}
