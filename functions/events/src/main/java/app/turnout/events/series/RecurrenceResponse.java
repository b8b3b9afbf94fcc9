package app.turnout.events.series;

import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When an event comes again: the rule that goes on, and all its parts. Times are local.
@Serdeable
public record RecurrenceResponse(
    @Nullable String rrule, List<String> rdates, List<String> exdates, List<PartResponse> parts) {
  /// A rule with the dates that are its own, and what it says of them where that is not the
  /// event's.
  ///
  /// @param startsAt of its first date
  /// @param endsBefore from this start on the dates are the next part's; null for the last part
  /// @param madeBefore all dates before it are made; null when all are
  @Serdeable
  public record PartResponse(
      UUID id,
      String startsAt,
      String endsAt,
      String timeZone,
      @Nullable String rrule,
      List<String> rdates,
      List<String> exdates,
      @Nullable String endsBefore,
      @Nullable String madeBefore,
      @Nullable String title,
      @Nullable String description,
      @Nullable UUID areaId,
      @Nullable Integer capacity) {
    static PartResponse of(Part part) {
      Own own = part.own();
      return new PartResponse(
          part.id().value(),
          part.localStart().toString(),
          part.localEnd().toString(),
          part.zone().getId(),
          part.rrule(),
          texts(part.rdates()),
          texts(part.exdates()),
          part.endsBefore() == null ? null : part.endsBefore().toString(),
          part.madeBefore().equals(MakeDates.FOR_EVER) ? null : part.madeBefore().toString(),
          own.title(),
          own.description(),
          own.area() == null ? null : own.area().value(),
          own.capacity());
    }
  }

  /// Null of a one-off event.
  public static @Nullable RecurrenceResponse of(List<Part> parts) {
    if (parts.isEmpty()) {
      return null;
    }
    Part last = parts.getLast();
    return new RecurrenceResponse(
        last.rrule(),
        texts(last.rdates()),
        texts(last.exdates()),
        parts.stream().map(PartResponse::of).toList());
  }

  static List<String> texts(List<LocalDateTime> times) {
    return times.stream().map(LocalDateTime::toString).toList();
  }
}
