package app.turnout.locations.devices;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Lets devices in, and shuts them out.
@Singleton
final class ManageDevices {
  /// Of one participant, at once.
  static final int MOST = 10;

  private final DeviceBook devices;
  private final AuditLog auditLog;
  private final InstantSource time;

  ManageDevices(DeviceBook devices, AuditLog auditLog, InstantSource time) {
    this.devices = devices;
    this.auditLog = auditLog;
    this.time = time;
  }

  MadeDeviceResponse make(OrganizationId organization, ParticipantId participant, String name) {
    if (!devices.lock(participant)) {
      throw ProblemException.notFound("participant");
    }
    if (devices.count(participant) >= MOST) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The participant has " + MOST + " devices that may send; revoke one first");
    }
    MadeDeviceResponse made = devices.make(organization, participant, name, time.instant());
    audit(organization, "participant.device_added", participant, made.id());
    return made;
  }

  /// From now on what it sends is refused. One that is revoked stays so.
  void revoke(OrganizationId organization, ParticipantId participant, UUID device) {
    Device found =
        devices.lock(participant, device).orElseThrow(() -> ProblemException.notFound("device"));
    if (!found.isRevoked()) {
      devices.revoke(device, time.instant());
      audit(organization, "participant.device_revoked", participant, device);
    }
  }

  private void audit(
      OrganizationId organization, String action, ParticipantId participant, UUID device) {
    auditLog.record(
        new AuditEntry(
            organization,
            action,
            "participant",
            participant.value(),
            null,
            Map.of("device_id", device)));
  }
}
