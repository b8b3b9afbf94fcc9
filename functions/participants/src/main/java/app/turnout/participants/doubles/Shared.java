package app.turnout.participants.doubles;

import io.micronaut.serde.annotation.Serdeable;

/// What doubles have in common.
@Serdeable
enum Shared {
  PHONE,
  EMAIL
}
