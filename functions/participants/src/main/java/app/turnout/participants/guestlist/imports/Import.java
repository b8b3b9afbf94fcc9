package app.turnout.participants.guestlist.imports;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.participants.intake.Counts;
import app.turnout.participants.intake.FileHead;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An import, as stored.
///
/// @param parts that came and are still kept
/// @param size of the file, in bytes
/// @param done of these bytes
/// @param failure why it ended before the file did; null when it did not
record Import(
    UUID id,
    EventId event,
    OccurrenceId occurrence,
    ImportStatus status,
    FileHead.Told told,
    String locale,
    OnDuplicate onDuplicate,
    int parts,
    long size,
    long done,
    Counts counts,
    @Nullable String failure,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {}
