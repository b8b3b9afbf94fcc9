package app.turnout.locations.devices;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.UUID;

@Controller("/api/v1/participants/{participant_id}/devices")
class DeviceController {
  private final CurrentCaller caller;
  private final DeviceBook devices;
  private final ManageDevices manageDevices;

  DeviceController(CurrentCaller caller, DeviceBook devices, ManageDevices manageDevices) {
    this.caller = caller;
    this.devices = devices;
    this.manageDevices = manageDevices;
  }

  /// The devices that send where a participant is, those that were revoked too, in the order in
  /// which they were let in.
  @Get
  @RequiresPermission(value = Permission.PARTICIPANTS_MANAGE, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  Page<DeviceResponse> list(@PathVariable("participant_id") UUID participantId, PageRequest page) {
    ParticipantId participant = new ParticipantId(participantId);
    caller.mustSpeakFor(participant);
    if (!devices.isKnown(participant)) {
      throw ProblemException.notFound("participant");
    }
    return page.of(
        devices.list(participant, page.afterId(), page.limit() + 1),
        Device::id,
        DeviceResponse::of);
  }

  /// Lets a device send where the participant is, and nothing else. Its token is in this answer
  /// only, with what the apps that can hold it have to be told. Ten devices can be let in at once.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(value = Permission.PARTICIPANTS_MANAGE, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  MadeDeviceResponse make(
      @PathVariable("participant_id") UUID participantId, @Body DeviceRequest request) {
    ParticipantId participant = new ParticipantId(participantId);
    caller.mustSpeakFor(participant);
    return manageDevices.make(caller.organization(), participant, request.name());
  }

  /// Revokes a device: from now on what it sends is refused. The others are not concerned.
  @Delete("/{device_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(value = Permission.PARTICIPANTS_MANAGE, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  void revoke(
      @PathVariable("participant_id") UUID participantId,
      @PathVariable("device_id") UUID deviceId) {
    ParticipantId participant = new ParticipantId(participantId);
    caller.mustSpeakFor(participant);
    manageDevices.revoke(caller.organization(), participant, deviceId);
  }
}
