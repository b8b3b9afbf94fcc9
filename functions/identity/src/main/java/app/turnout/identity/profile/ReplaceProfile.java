package app.turnout.identity.profile;

import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Sets what the owner of an account says of themselves.
@Singleton
final class ReplaceProfile {
  /// What the audit log keeps of it.
  @Serdeable
  record Fields(String name, String locale, @Nullable String phone) {
    static Fields of(Profile profile) {
      return new Fields(profile.name(), profile.locale(), profile.phone());
    }
  }

  private final ProfileRepository profiles;
  private final AuditLog auditLog;
  private final InstantSource time;

  ReplaceProfile(ProfileRepository profiles, AuditLog auditLog, InstantSource time) {
    this.profiles = profiles;
    this.auditLog = auditLog;
    this.time = time;
  }

  Profile replace(UserId user, ExpectedVersion expected, ProfileRequest wanted) {
    Profile before = profiles.getLocked(user);
    expected.mustBe(before.version());
    profiles.replace(user, wanted.name().strip(), wanted.locale(), wanted.phone(), time.instant());
    Profile after = profiles.get(user);
    auditLog.record(
        new AuditEntry(
            null, "profile.updated", "user", user.value(), Fields.of(before), Fields.of(after)));
    return after;
  }
}
