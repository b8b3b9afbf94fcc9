package app.turnout.participants.guestlist.imports;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.participants.csv.Encoding;
import app.turnout.participants.intake.Counts;
import app.turnout.participants.intake.FileHead;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes imports, takes their parts, and has them worked off or given up.
@Singleton
final class KeepImports {
  /// Imports of an organization that are not worked off: their files take room.
  private static final int MOST_OPEN = 20;

  private final ImportRepository imports;
  private final AuditLog auditLog;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final Ids ids;

  KeepImports(
      ImportRepository imports, AuditLog auditLog, Outbox outbox, OutboxNudge nudge, Ids ids) {
    this.imports = imports;
    this.auditLog = auditLog;
    this.outbox = outbox;
    this.nudge = nudge;
    this.ids = ids;
  }

  Import create(
      OrganizationId organization,
      EventId event,
      OccurrenceId occurrence,
      CreateImportRequest request,
      Instant now) {
    if (imports.countOpen() >= MOST_OPEN) {
      throw new ProblemException(
          ProblemType.CONFLICT, "There are " + MOST_OPEN + " imports that are not worked off");
    }
    Separator separator = request.separator();
    Import made =
        new Import(
            ids.next(),
            event,
            occurrence,
            ImportStatus.UPLOADING,
            new FileHead.Told(
                request.encoding(),
                separator == null ? null : separator.character(),
                request.columns() == null ? Map.of() : request.columns().byField()),
            Objects.requireNonNullElse(request.locale(), "en"),
            Objects.requireNonNullElse(request.onDuplicate(), OnDuplicate.SKIP),
            0,
            0,
            0,
            Counts.NONE,
            null,
            now,
            null,
            null);
    imports.create(organization, made);
    record(organization, made, "participants.import_made", null, ImportResponse.of(made));
    return made;
  }

  void keepPart(
      OrganizationId organization, Import found, int number, byte[] content, Instant now) {
    if (found.status() != ImportStatus.UPLOADING) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The import was started, and takes no more parts");
    }
    imports.keepPart(organization, found.id(), number, content, Encoding.canBeUtf8(content), now);
    record(
        organization,
        found,
        "participants.import_part_taken",
        null,
        new ImportPartResponse(number, content.length));
  }

  /// Has an import worked off. Once more does no harm: what is done is not done again.
  void start(OrganizationId organization, Import found, Instant now) {
    switch (found.status()) {
      case UPLOADING -> {
        ImportRepository.File file = imports.file(found.id());
        if (file.missing() == 1 || !file.isWhole()) {
          throw new ProblemException(
              ProblemType.CONFLICT, "Part " + file.missing() + " of the file is missing");
        }
        FileHead head = FileHead.read(file.parts(), file.canBeUtf8(), found.told());
        if (!head.problems().isEmpty()) {
          throw ProblemException.invalidFields(head.problems());
        }
        imports.start(found.id(), head, now);
        record(
            organization,
            found,
            "participants.import_started",
            null,
            Map.of("parts", found.parts(), "bytes", found.size()));
      }
      case WAITING, WORKING -> {}
      case COMPLETED, FAILED ->
          throw new ProblemException(ProblemType.CONFLICT, "The import has come to its end");
    }
    outbox.write(
        organization,
        "participants_import_started",
        "participant_import:" + found.id(),
        Map.of("import_id", found.id().toString(), "organization_id", organization.toString()));
    nudge.wakeRelay();
  }

  /// Forgets an import. Whom it has added stays.
  void abandon(OrganizationId organization, Import found) {
    imports.delete(found.id());
    record(organization, found, "participants.import_deleted", ImportResponse.of(found), null);
  }

  private void record(
      OrganizationId organization,
      Import subject,
      String action,
      @Nullable Object before,
      @Nullable Object after) {
    auditLog.record(
        new AuditEntry(organization, action, "participant_import", subject.id(), before, after));
  }

  /// An import of an event. Throws ProblemException, 404.
  Import get(EventId event, UUID id) {
    return imports.find(event, id).orElseThrow(() -> ProblemException.notFound("import"));
  }

  /// As above, and nobody else changes it until the transaction ends.
  Import lock(EventId event, UUID id) {
    return imports.lock(event, id).orElseThrow(() -> ProblemException.notFound("import"));
  }
}
