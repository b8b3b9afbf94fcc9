package app.turnout.platform.attendance;

import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was given of somebody who is expected already; what is null stays as it is.
public record GivenOfParticipant(
    ParticipantId id,
    @Nullable String name,
    @Nullable String phone,
    @Nullable String email,
    @Nullable String locale,
    @Nullable String note,
    @Nullable List<String> tags,
    @Nullable TravelMode travelMode) {
  public GivenOfParticipant {
    tags = tags == null ? null : List.copyOf(tags);
  }

  /// This, with what was given later before what was given first.
  public GivenOfParticipant and(GivenOfParticipant later) {
    return new GivenOfParticipant(
        id,
        later(later.name, name),
        later(later.phone, phone),
        later(later.email, email),
        later(later.locale, locale),
        later(later.note, note),
        later.tags == null ? tags : later.tags,
        later.travelMode == null ? travelMode : later.travelMode);
  }

  private static @Nullable String later(@Nullable String later, @Nullable String first) {
    return later == null ? first : later;
  }
}
