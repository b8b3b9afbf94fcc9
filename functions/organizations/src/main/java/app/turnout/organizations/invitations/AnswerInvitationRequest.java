package app.turnout.organizations.invitations;

import app.turnout.platform.problem.ProblemException;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The invitation that is answered, named by one of the two.
///
/// @param token of the mail
/// @param invitationId as `GET users/invitations` shows it
@Serdeable
record AnswerInvitationRequest(
    @Nullable @Size(max = 200) String token, @Nullable UUID invitationId) {
  AnswerInvitationRequest {
    if ((token == null) == (invitationId == null)) {
      throw ProblemException.invalidField(
          "token", "exclusive", "is needed, or invitation_id instead");
    }
  }

  /// Without the token, for whoever logs a request by accident.
  @Override
  public String toString() {
    return "AnswerInvitationRequest";
  }
}
