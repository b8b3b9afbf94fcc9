package app.turnout.locations.pings;

import app.turnout.platform.problem.FieldError;
import io.micronaut.serde.annotation.Serdeable;

/// A ping that was not taken, for the first reason found.
///
/// @param index of the ping in the request, from 0
/// @param field of the ping; empty when it is no field's fault
/// @param rule slug of the rule that the field broke
/// @param message the rule, for people
@Serdeable
record RefusedPing(int index, String field, String rule, String message) {
  static RefusedPing of(int index, FieldError error) {
    return new RefusedPing(index, error.field(), error.rule(), error.message());
  }
}
