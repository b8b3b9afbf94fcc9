package app.turnout.participants.intake;

import app.turnout.participants.guestlist.AddParticipantRequest;
import app.turnout.participants.guestlist.GivenDetails;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.FieldError;
import io.micronaut.json.tree.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of many who are given: by the same rules as somebody who is added alone.
///
/// @param details null when something is wrong
/// @param errors what is wrong; fields are those of [AddParticipantRequest]
public record GivenRow(@Nullable ParticipantDetails details, List<FieldError> errors) {
  public GivenRow {
    errors = List.copyOf(errors);
  }

  /// Reads a row by itself: what is wrong with it says nothing of the others.
  ///
  /// @param country whose national phone numbers are taken; null for none
  public static GivenRow read(JsonNode row, JsonReader json, @Nullable String country) {
    return switch (json.read(row, AddParticipantRequest.class)) {
      case JsonReader.Reading.Good<AddParticipantRequest>(AddParticipantRequest request) -> {
        GivenDetails given = GivenDetails.read(request.whole(), country);
        yield new GivenRow(given.errors().isEmpty() ? given.details() : null, given.errors());
      }
      case JsonReader.Reading.Faulty<AddParticipantRequest>(List<FieldError> errors) ->
          new GivenRow(null, errors);
    };
  }
}
