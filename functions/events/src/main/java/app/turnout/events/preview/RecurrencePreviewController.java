package app.turnout.events.preview;

import app.turnout.platform.idempotency.StoresNothing;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;

@Controller("/api/v1/events/recurrence-preview")
class RecurrencePreviewController {
  private final PreviewRecurrence previewRecurrence;

  RecurrencePreviewController(PreviewRecurrence previewRecurrence) {
    this.previewRecurrence = previewRecurrence;
  }

  /// What a recurrence would come to: its next dates, and the rule in words. Nothing is planned.
  /// Rules that nobody could mean are refused with the reason: at most 10,000 dates a year, 1,000
  /// single ones, none after the year 2199.
  @Post
  @StoresNothing
  @RequiresPermission(Permission.ORGANIZATION_READ)
  RecurrencePreviewResponse preview(@Body RecurrencePreviewRequest request) {
    return previewRecurrence.preview(request);
  }
}
