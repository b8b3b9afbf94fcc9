package app.turnout.participants.guestlist.imports;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.participants.guestlist.Occurrences;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/events/{event_id}/participants/imports")
class ImportController {
  private final CurrentCaller caller;
  private final Occurrences occurrences;
  private final KeepImports keepImports;
  private final PreviewImport previewImport;
  private final ImportRepository imports;
  private final InstantSource time;

  ImportController(
      CurrentCaller caller,
      Occurrences occurrences,
      KeepImports keepImports,
      PreviewImport previewImport,
      ImportRepository imports,
      InstantSource time) {
    this.caller = caller;
    this.occurrences = occurrences;
    this.keepImports = keepImports;
    this.previewImport = previewImport;
    this.imports = imports;
    this.time = time;
  }

  /// Makes an import of participants from CSV. Then come the file's parts, if need be a look at
  /// what would come of them, and the start.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<ImportResponse> create(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @Body CreateImportRequest request) {
    Instant now = time.instant();
    OccurrenceId chosen = occurrenceId == null ? null : new OccurrenceId(occurrenceId);
    EventId event = new EventId(eventId);
    Occurrences.Found date =
        occurrences.find(event, chosen, now).orElseThrow(() -> ProblemException.notFound("event"));
    mustBeToCome(date);
    Import made = keepImports.create(caller.organization(), event, date.id(), request, now);
    return HttpResponse.created(
        ImportResponse.of(made),
        URI.create("/api/v1/events/" + eventId + "/participants/imports/" + made.id()));
  }

  /// An event's imports, the newest first. They are forgotten a month after their end.
  @Get
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  Page<ImportResponse> list(@PathVariable("event_id") UUID eventId, PageRequest page) {
    return page.of(
        imports.list(event(eventId), page.afterId(), page.limit() + 1),
        Import::id,
        ImportResponse::of);
  }

  /// How far an import is.
  @Get("/{import_id}")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  ImportResponse get(
      @PathVariable("event_id") UUID eventId, @PathVariable("import_id") UUID importId) {
    return ImportResponse.of(keepImports.get(new EventId(eventId), importId));
  }

  /// Takes a part of an import's file: up to 4 MiB of it, as it is. Parts are numbered from 1 to at
  /// most 100, may be cut anywhere, also within a row or a character, and may come in any order and
  /// again, until the import is started. Send them as `application/octet-stream`; as `text/csv`
  /// only UTF-8 arrives whole, and quotes count twice towards what API Gateway takes.
  @Put("/{import_id}/parts/{number}")
  @Consumes({"application/octet-stream", "text/csv"})
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/octet-stream",
            schema = @Schema(type = "string", format = "binary")),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  ImportPartResponse takePart(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("import_id") UUID importId,
      @PathVariable("number") int number,
      @Parameter(hidden = true) HttpRequest<?> request,
      @Body byte[] content) {
    Import found = keepImports.lock(new EventId(eventId), importId);
    GivenPart.check(request, number, content, found.told().encoding());
    keepImports.keepPart(caller.organization(), found, number, content, time.instant());
    return new ImportPartResponse(number, content.length);
  }

  /// What would come of the first rows of an import's file, as far as it has come.
  @Get("/{import_id}/preview")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  ImportPreviewResponse preview(
      @PathVariable("event_id") UUID eventId, @PathVariable("import_id") UUID importId) {
    Import found = keepImports.get(new EventId(eventId), importId);
    ImportRepository.File file = imports.file(importId);
    if (file.missing() == 1) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          found.status() == ImportStatus.UPLOADING
              ? "Part 1 of the file is missing"
              : "The file was worked off, and is not kept");
    }
    return previewImport.preview(caller.organization(), found, file);
  }

  /// Has an import worked off: its rows are added one after the other, up to 500,000, and how far
  /// it is can be asked. An import that seems to have stopped may be started again.
  @Post("/{import_id}/start")
  @Status(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<ImportResponse> start(
      @PathVariable("event_id") UUID eventId, @PathVariable("import_id") UUID importId) {
    EventId event = new EventId(eventId);
    Instant now = time.instant();
    Import found = keepImports.lock(event, importId);
    if (found.status() == ImportStatus.UPLOADING) {
      mustBeToCome(
          occurrences
              .find(event, found.occurrence(), now)
              .orElseThrow(() -> ProblemException.notFound("event")));
    }
    keepImports.start(caller.organization(), found, now);
    return HttpResponse.accepted().body(ImportResponse.of(keepImports.get(event, importId)));
  }

  /// What is wrong with an import's lines, the first 10,000 of it.
  @Get("/{import_id}/errors")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  Page<ImportErrorResponse> errors(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("import_id") UUID importId,
      PageRequest page) {
    Cursor after = page.after(Long.class, Long.class);
    Import found = keepImports.get(new EventId(eventId), importId);
    return page.by(
        imports.errors(
            found.id(),
            after == null ? 0 : after.number(0),
            after == null ? 0 : after.number(1),
            page.limit() + 1),
        error -> Cursor.of(error.error().line(), error.position()),
        ImportRepository.KeptError::error);
  }

  /// Forgets an import, and its file. When it is being worked off, the work ends; whom it has added
  /// stays.
  @Delete("/{import_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  void delete(@PathVariable("event_id") UUID eventId, @PathVariable("import_id") UUID importId) {
    keepImports.abandon(caller.organization(), keepImports.lock(new EventId(eventId), importId));
  }

  private EventId event(UUID id) {
    EventId event = new EventId(id);
    if (occurrences.find(event, null, time.instant()).isEmpty()) {
      throw ProblemException.notFound("event");
    }
    return event;
  }

  private static void mustBeToCome(Occurrences.Found date) {
    if (date.isOver()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The event's date has passed, or it is cancelled");
    }
  }
}
