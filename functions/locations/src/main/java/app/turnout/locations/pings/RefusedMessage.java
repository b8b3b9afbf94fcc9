package app.turnout.locations.pings;

import app.turnout.platform.problem.FieldError;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/// Tells who sent a list of OwnTracks' messages that one was not taken. The apps, which send no
/// lists, pass over messages of types that they do not know.
///
/// @param type `refused`
/// @param index of the message in the request, from 0
/// @param field of the message; empty when it is no field's fault
/// @param rule slug of the rule that was broken
/// @param message the rule, for people
@Serdeable
record RefusedMessage(
    @JsonProperty("_type") String type, int index, String field, String rule, String message) {
  static RefusedMessage of(int index, FieldError error) {
    return new RefusedMessage("refused", index, error.field(), error.rule(), error.message());
  }
}
