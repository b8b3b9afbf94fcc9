package app.turnout.organizations.members;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// Somebody who belongs to an organization.
///
/// @param since they belong to it
@Serdeable
public record MemberResponse(
    UUID userId, String name, String email, MemberRole role, OffsetDateTime since) {
  public static MemberResponse of(Member member) {
    return new MemberResponse(
        member.user().value(),
        member.name(),
        member.email(),
        member.role(),
        member.since().atOffset(ZoneOffset.UTC));
  }
}
