package app.turnout.participants.guestlist.batch;

import app.turnout.participants.guestlist.ParticipantLinks;
import app.turnout.platform.idempotency.SecretRestorer;
import jakarta.inject.Singleton;

/// The links of a batch that is answered again. One that was revoked since is not shown.
@Singleton
final class BatchLinks implements SecretRestorer<BatchResponse> {
  private final ParticipantLinks links;

  BatchLinks(ParticipantLinks links) {
    this.links = links;
  }

  @Override
  public Class<BatchResponse> type() {
    return BatchResponse.class;
  }

  @Override
  public BatchResponse restore(BatchResponse kept) {
    return kept.withLinks(links.first(kept.addedIds()));
  }
}
