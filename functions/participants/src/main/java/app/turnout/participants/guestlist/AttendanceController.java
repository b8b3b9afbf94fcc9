package app.turnout.participants.guestlist;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.UUID;

@Controller("/api/v1/participants/{participant_id}")
class AttendanceController {
  private final CurrentCaller caller;
  private final ChangeAttendance changeAttendance;

  AttendanceController(CurrentCaller caller, ChangeAttendance changeAttendance) {
    this.caller = caller;
    this.changeAttendance = changeAttendance;
  }

  /// Says that somebody will come. Whoever denied may think again; who is confirmed already stays
  /// so.
  @Post("/confirm")
  @RequiresPermission(value = Permission.ATTENDANCE_WRITE, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  HttpResponse<ParticipantResponse> confirm(@PathVariable("participant_id") UUID participantId) {
    return answer(changeAttendance.confirm(own(participantId)));
  }

  /// Says that somebody will not come.
  @Post("/deny")
  @RequiresPermission(value = Permission.ATTENDANCE_WRITE, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  HttpResponse<ParticipantResponse> deny(@PathVariable("participant_id") UUID participantId) {
    return answer(changeAttendance.deny(own(participantId)));
  }

  /// Checks somebody in by hand, who has not denied. Who is checked in already stays so, with the
  /// time and by whom it was first.
  @Post("/check-in")
  @RequiresPermission(Permission.ATTENDANCE_WRITE)
  HttpResponse<ParticipantResponse> checkIn(@PathVariable("participant_id") UUID participantId) {
    return answer(changeAttendance.checkIn(new ParticipantId(participantId)));
  }

  /// Takes a check-in back: the participant is what they were before it.
  @Delete("/check-in")
  @RequiresPermission(Permission.ATTENDANCE_WRITE)
  HttpResponse<ParticipantResponse> undoCheckIn(
      @PathVariable("participant_id") UUID participantId) {
    return answer(changeAttendance.undoCheckIn(new ParticipantId(participantId)));
  }

  private ParticipantId own(UUID participantId) {
    ParticipantId id = new ParticipantId(participantId);
    caller.mustSpeakFor(id);
    return id;
  }

  private HttpResponse<ParticipantResponse> answer(Participant participant) {
    return HttpResponse.ok(
            caller.get() instanceof Caller.Link
                ? ParticipantResponse.forThemselves(participant)
                : ParticipantResponse.of(participant))
        .header(HttpHeaders.ETAG, EntityTag.of(participant.version()));
  }
}
