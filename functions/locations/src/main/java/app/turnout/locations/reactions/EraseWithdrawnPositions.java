package app.turnout.locations.reactions;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.erasure.PositionsEraser;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Erases where somebody was who withdrew their consent. If they gave it again meanwhile, what was
/// taken since stays.
@Singleton
final class EraseWithdrawnPositions implements PositionsEraser {
  private final Database database;
  private final Whereabouts whereabouts;

  EraseWithdrawnPositions(Database database, Whereabouts whereabouts) {
    this.database = database;
    this.whereabouts = whereabouts;
  }

  @Override
  public String area() {
    return "locations";
  }

  @Override
  public Map<String, Long> erase(ParticipantId participant) {
    return whereabouts.erase(
        List.of(participant.value()), lockConsentGivenAgain(participant).orElse(null));
  }

  /// It is not given, and not withdrawn either, until the transaction ends.
  private Optional<Instant> lockConsentGivenAgain(ParticipantId participant) {
    return database
        .handle()
        .createQuery(
            """
            select granted, changed_at
            from consents
            where participant_id = :participant
            for share
            """)
        .bind("participant", participant.value())
        .map(
            (row, context) ->
                row.getBoolean("granted")
                    ? Optional.of(row.getObject("changed_at", OffsetDateTime.class).toInstant())
                    : Optional.<Instant>empty())
        .findOne()
        .flatMap(given -> given);
  }
}
