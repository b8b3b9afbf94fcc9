package app.turnout.events.series;

import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a recurring event: a rule, and which of its starts are this part's.
///
/// @param localStart RFC 5545's DTSTART
/// @param rrule null where `rdates` alone say when
/// @param endsBefore from this start on the dates are the next part's; null for the last part
/// @param madeBefore all dates that start before this are made
public record Part(
    SeriesId id,
    OrganizationId organization,
    EventId event,
    LocalDateTime localStart,
    LocalDateTime localEnd,
    ZoneId zone,
    @Nullable String rrule,
    List<LocalDateTime> rdates,
    List<LocalDateTime> exdates,
    @Nullable LocalDateTime endsBefore,
    LocalDateTime madeBefore,
    Own own) {
  public Part {
    rdates = List.copyOf(rdates);
    exdates = List.copyOf(exdates);
  }

  /// How long a date lasts, by clocks that nobody changes.
  public Duration length() {
    return Duration.between(localStart, localEnd);
  }

  /// The same rule's starts until another part goes on.
  public Part until(@Nullable LocalDateTime end) {
    return new Part(
        id,
        organization,
        event,
        localStart,
        localEnd,
        zone,
        rrule,
        rdates,
        exdates,
        end,
        madeBefore,
        own);
  }

  /// As long as this is made.
  public Part madeBefore(LocalDateTime before) {
    return new Part(
        id,
        organization,
        event,
        localStart,
        localEnd,
        zone,
        rrule,
        rdates,
        exdates,
        endsBefore,
        before,
        own);
  }

  /// With these starts added and left out.
  public Part with(List<LocalDateTime> added, List<LocalDateTime> leftOut) {
    return new Part(
        id,
        organization,
        event,
        localStart,
        localEnd,
        zone,
        rrule,
        added,
        leftOut,
        endsBefore,
        madeBefore,
        own);
  }

  /// With other words of its own.
  public Part with(Own other) {
    return new Part(
        id,
        organization,
        event,
        localStart,
        localEnd,
        zone,
        rrule,
        rdates,
        exdates,
        endsBefore,
        madeBefore,
        other);
  }
}
