package app.turnout.platform.attendance;

import app.turnout.domain.TravelMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of somebody who is expected.
///
/// @param phone E.164
/// @param locale language that they are addressed in
/// @param note for the organisers only
/// @param tags for the organisers only
/// @param travelMode how they come
public record ParticipantDetails(
    String name,
    @Nullable String phone,
    @Nullable String email,
    String locale,
    @Nullable String note,
    List<String> tags,
    TravelMode travelMode) {
  public ParticipantDetails {
    tags = List.copyOf(tags);
  }
}
