package app.turnout.operations;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;

/// The function answers.
///
/// @param time product time
/// @param speed product seconds a second
@Serdeable
record HealthResponse(String status, OffsetDateTime time, BigDecimal speed) {}
