package app.turnout.participants.guestlist;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.idempotency.SecretRestorer;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.Ids;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/// The links of participants: derived from a row, of which only the hash is stored.
@Singleton
final class ParticipantLinks implements SecretRestorer<AddedParticipantResponse> {
  private static final int FIRST_GENERATION = 1;

  private final Database database;
  private final Ids ids;
  private final DerivedTokens tokens;
  private final String publicUrl;

  ParticipantLinks(
      Database database,
      Ids ids,
      Secrets secrets,
      @Value("${turnout.public-url}") String publicUrl) {
    this.database = database;
    this.ids = ids;
    this.tokens = new DerivedTokens(secrets.get("link-token-key"));
    this.publicUrl = publicUrl;
  }

  LinkResponse make(OrganizationId organization, ParticipantId participant, Instant now) {
    UUID id = ids.next();
    String token = tokens.token(id, FIRST_GENERATION);
    database
        .handle()
        .createUpdate(
            """
            insert into participant_links (
              id, organization_id, participant_id, generation, token_hash, created_at)
            values (:id, :organization, :participant, :generation, :hash, :now)
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("participant", participant.value())
        .bind("generation", FIRST_GENERATION)
        .bind("hash", DerivedTokens.hash(token))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    return response(token);
  }

  @Override
  public Class<AddedParticipantResponse> type() {
    return AddedParticipantResponse.class;
  }

  /// Throws NOT_FOUND when the link was revoked since.
  @Override
  public AddedParticipantResponse restore(AddedParticipantResponse kept) {
    return database
        .handle()
        .createQuery(
            """
            select id, generation
            from participant_links
            where participant_id = :participant and revoked_at is null
            order by id
            limit 1
            """)
        .bind("participant", kept.id())
        .map(
            (row, context) ->
                tokens.token(row.getObject("id", UUID.class), row.getInt("generation")))
        .findOne()
        .map(token -> kept.withLink(response(token)))
        .orElseThrow(() -> ProblemException.notFound("link"));
  }

  private LinkResponse response(String token) {
    return new LinkResponse(token, publicUrl + "/me#" + token);
  }
}
