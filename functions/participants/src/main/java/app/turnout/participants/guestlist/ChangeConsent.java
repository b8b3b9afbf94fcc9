package app.turnout.participants.guestlist;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.erasure.Withdrawals;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Gives or withdraws a participant's consent to being located. When it is withdrawn, nothing more
/// is taken of them, what is under way neither, and where they were is erased soon after.
@Singleton
public final class ChangeConsent {
  private final ParticipantRepository participants;
  private final Withdrawals withdrawals;
  private final LiveNews liveNews;
  private final InstantSource time;

  ChangeConsent(
      ParticipantRepository participants,
      Withdrawals withdrawals,
      LiveNews liveNews,
      InstantSource time) {
    this.participants = participants;
    this.withdrawals = withdrawals;
    this.liveNews = liveNews;
    this.time = time;
  }

  /// Saying the same again changes nothing. Throws [ProblemException] (404) when there is no such
  /// participant.
  public Consent change(OrganizationId organization, ParticipantId id, boolean granted) {
    // Whoever stores positions holds it until they are stored; the time is taken after that.
    participants.lockConsent(id);
    Instant now = time.instant();
    Participant before =
        participants.find(id).orElseThrow(() -> ProblemException.notFound("participant"));
    Consent consent = participants.changeConsent(organization, id, granted, now);
    if (before.consent().granted() && !granted) {
      withdrawals.begin(organization, before.occurrence(), id, now);
      liveNews.tell(
          organization,
          before.occurrence(),
          List.of(new LiveChange.Left(id, LiveChange.Reason.CONSENT_WITHDRAWN)));
    }
    return consent;
  }
}
