package app.turnout.participants.guestlist.imports;

import app.turnout.participants.csv.Encoding;
import app.turnout.participants.intake.Counts;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An import.
///
/// @param encoding as it was told; null to guess
/// @param separator as it was told; null to guess
/// @param columns as they were told
/// @param parts that came and are still kept: none once the file is worked off
/// @param bytes of these parts
/// @param bytesRead of the file, so far
/// @param failure `too_many_rows` when the file has more than 500,000; `person_erased` when
///   somebody was erased meanwhile, whom the file may name: send it again without them; null else
@Serdeable
record ImportResponse(
    UUID id,
    UUID eventId,
    UUID occurrenceId,
    ImportStatus status,
    @Nullable Encoding encoding,
    @Nullable Separator separator,
    ColumnNames columns,
    OnDuplicate onDuplicate,
    String locale,
    int parts,
    long bytes,
    long bytesRead,
    CountsResponse counts,
    @Nullable String failure,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime startedAt,
    @Nullable OffsetDateTime finishedAt) {
  /// How many rows came to what.
  ///
  /// @param rows that were read
  /// @param added who were not expected before
  /// @param updated who were expected already, and are now as their row says
  /// @param skipped who were expected already, and stay as they were
  /// @param invalid rows of no use
  /// @param planLimitReached rows that the plan has no room for
  @Serdeable
  record CountsResponse(
      long rows, long added, long updated, long skipped, long invalid, long planLimitReached) {
    static CountsResponse of(Counts counts) {
      return new CountsResponse(
          counts.rows(),
          counts.added(),
          counts.updated(),
          counts.skipped(),
          counts.invalid(),
          counts.planLimitReached());
    }
  }

  static ImportResponse of(Import found) {
    Character separator = found.told().separator();
    return new ImportResponse(
        found.id(),
        found.event().value(),
        found.occurrence().value(),
        found.status(),
        found.told().encoding(),
        separator == null ? null : Separator.of(separator),
        ColumnNames.of(found.told().mapping()),
        found.onDuplicate(),
        found.locale(),
        found.parts(),
        found.size(),
        found.done(),
        CountsResponse.of(found.counts()),
        found.failure(),
        found.createdAt().atOffset(ZoneOffset.UTC),
        at(found.startedAt()),
        at(found.finishedAt()));
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
