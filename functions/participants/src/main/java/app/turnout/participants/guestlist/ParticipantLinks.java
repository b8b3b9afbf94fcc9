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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The links of participants: derived from a row, of which only the hash is stored.
@Singleton
public final class ParticipantLinks implements SecretRestorer<AddedParticipantResponse> {
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

  /// A link that was made now: what it opens by stands nowhere else.
  public record Made(UUID id, LinkResponse link) {}

  public Made make(OrganizationId organization, ParticipantId participant, Instant now) {
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
    return new Made(id, response(token));
  }

  /// What a link was when it was made.
  public LinkResponse show(UUID link, int generation) {
    return response(tokens.token(link, generation));
  }

  /// As above, one for each of several, in one statement.
  public Map<UUID, LinkResponse> makeAll(
      OrganizationId organization, List<UUID> participants, Instant now) {
    if (participants.isEmpty()) {
      return Map.of();
    }
    List<UUID> linkIds = participants.stream().map(_ -> ids.next()).toList();
    List<String> made = linkIds.stream().map(id -> tokens.token(id, FIRST_GENERATION)).toList();
    database
        .handle()
        .createUpdate(
            """
            insert into participant_links (
              id, organization_id, participant_id, generation, token_hash, created_at)
            select l.id, :organization, l.participant, :generation, decode(l.hash, 'hex'), :now
            from unnest(:ids, :participants, :hashes) as l (id, participant, hash)
            """)
        .bind("organization", organization.value())
        .bind("generation", FIRST_GENERATION)
        .bindArray("ids", UUID.class, linkIds)
        .bindArray("participants", UUID.class, participants)
        .bindArray(
            "hashes",
            String.class,
            made.stream()
                .map(token -> HexFormat.of().formatHex(DerivedTokens.hash(token)))
                .toList())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    Map<UUID, LinkResponse> links = new HashMap<>();
    for (int i = 0; i < made.size(); i++) {
      links.put(participants.get(i), response(made.get(i)));
    }
    return links;
  }

  /// The first link of each participant that was not revoked; who has none is left out.
  public Map<UUID, LinkResponse> first(List<UUID> participants) {
    Map<UUID, LinkResponse> links = new HashMap<>();
    database
        .handle()
        .createQuery(
            """
            select distinct on (participant_id) participant_id, id, generation
            from participant_links
            where participant_id = any(:participants)
              and revoked_at is null
            order by participant_id, id
            """)
        .bindArray("participants", UUID.class, participants)
        .map(
            (row, context) ->
                Map.entry(
                    row.getObject("participant_id", UUID.class),
                    show(row.getObject("id", UUID.class), row.getInt("generation"))))
        .forEach(link -> links.put(link.getKey(), link.getValue()));
    return links;
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
        .map((row, context) -> show(row.getObject("id", UUID.class), row.getInt("generation")))
        .findOne()
        .map(kept::withLink)
        .orElseThrow(() -> ProblemException.notFound("link"));
  }

  private LinkResponse response(String token) {
    return new LinkResponse(token, publicUrl + "/me#" + token);
  }
}
