package app.turnout.participants.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Gives everybody who is expected at a date their link to the mail, a page a transaction. Who was
/// sent theirs since the instant that the event names is left out, so an event that comes again, or
/// another request at the same time, sends nothing twice.
@Singleton
final class SendLinks implements AreaEventHandler {
  private static final int PAGE = 200;
  private static final int FIRST_GENERATION = 1;

  private final Database database;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final Ids ids;
  private final InstantSource time;
  private final Secrets secrets;

  SendLinks(
      Database database,
      Outbox outbox,
      OutboxNudge nudge,
      Ids ids,
      InstantSource time,
      Secrets secrets) {
    this.database = database;
    this.outbox = outbox;
    this.nudge = nudge;
    this.ids = ids;
    this.time = time;
    this.secrets = secrets;
  }

  @Override
  public String kind() {
    return "links_requested";
  }

  @Override
  public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
    String after = event.payload().get("after");
    UUID next = after == null ? null : UUID.fromString(after);
    boolean isMore = true;
    while (isMore && isTimeLeft.getAsBoolean()) {
      UUID from = next;
      List<UUID> page = database.inTransaction(() -> sendPage(event, from));
      isMore = page.size() == PAGE;
      next = isMore ? page.getLast() : next;
    }
    if (isMore) {
      UUID from = next;
      database.run(() -> goOn(event, from));
    }
  }

  /// Those who were looked at.
  private List<UUID> sendPage(AreaEvent event, @Nullable UUID after) {
    OrganizationId organization = new OrganizationId(event.id("organization_id"));
    UUID occurrence = event.id("occurrence_id");
    Instant now = time.instant();
    List<UUID> page = lockExpected(organization, occurrence, after, now);
    Map<UUID, UUID> links = goodLinks(page);
    List<UUID> recent = sentSince(page, Instant.parse(event.payload().get("sent_before")));
    List<UUID> without =
        page.stream().filter(each -> !links.containsKey(each) && !recent.contains(each)).toList();
    links.putAll(make(organization, without, now));
    links.keySet().removeAll(recent);
    markSent(List.copyOf(links.values()), now);
    for (UUID participant : page) {
      UUID link = links.get(participant);
      if (link != null) {
        outbox.write(
            organization,
            "participant_link_mail",
            "participant:" + participant,
            Map.of("participant_id", participant, "link_id", link));
      }
    }
    nudge.wakeRelay();
    return page;
  }

  /// Nobody else gives their links to the mail until the transaction ends.
  private List<UUID> lockExpected(
      OrganizationId organization, UUID occurrence, @Nullable UUID after, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select p.id
            from participants p
            join occurrences o on o.id = p.occurrence_id
            join events e on e.id = p.event_id
            where p.occurrence_id = :occurrence
              and p.organization_id = :organization
              and p.email is not null
              and p.status in ('pending', 'confirmed')
              and (cast(:after as uuid) is null or p.id > cast(:after as uuid))
              and o.ends_at > :now
              and 'cancelled' not in (o.status, e.status)
            order by p.id
            limit :limit
            for no key update of p
            """)
        .bind("occurrence", occurrence)
        .bind("organization", organization.value())
        .bind("after", after)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("limit", PAGE)
        .mapTo(UUID.class)
        .list();
  }

  /// The newest good link of each.
  private Map<UUID, UUID> goodLinks(List<UUID> participants) {
    Map<UUID, UUID> links = new HashMap<>();
    database
        .handle()
        .createQuery(
            """
            select distinct on (participant_id) participant_id, id
            from participant_links
            where participant_id = any(:participants)
              and revoked_at is null
            order by participant_id, id desc
            """)
        .bindArray("participants", UUID.class, participants)
        .map(
            (row, context) ->
                Map.entry(
                    row.getObject("participant_id", UUID.class), row.getObject("id", UUID.class)))
        .forEach(link -> links.put(link.getKey(), link.getValue()));
    return links;
  }

  private List<UUID> sentSince(List<UUID> participants, Instant since) {
    return database
        .handle()
        .createQuery(
            """
            select distinct participant_id
            from participant_links
            where participant_id = any(:participants)
              and revoked_at is null
              and sent_at >= :since
            """)
        .bindArray("participants", UUID.class, participants)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .mapTo(UUID.class)
        .list();
  }

  private Map<UUID, UUID> make(OrganizationId organization, List<UUID> participants, Instant now) {
    DerivedTokens tokens = new DerivedTokens(secrets.get("link-token-key"));
    List<UUID> made = participants.stream().map(_ -> ids.next()).toList();
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
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bindArray("ids", UUID.class, made)
        .bindArray("participants", UUID.class, participants)
        .bindArray(
            "hashes",
            String.class,
            made.stream()
                .map(id -> DerivedTokens.hash(tokens.token(id, FIRST_GENERATION)))
                .map(HexFormat.of()::formatHex)
                .toList())
        .execute();
    Map<UUID, UUID> links = new HashMap<>();
    for (int i = 0; i < made.size(); i++) {
      links.put(participants.get(i), made.get(i));
    }
    return links;
  }

  private void markSent(List<UUID> links, Instant now) {
    database
        .handle()
        .createUpdate("update participant_links set sent_at = :now where id = any(:ids)")
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bindArray("ids", UUID.class, links)
        .execute();
  }

  private void goOn(AreaEvent event, @Nullable UUID after) {
    Map<String, String> payload = new HashMap<>(event.payload());
    if (after != null) {
      payload.put("after", after.toString());
    }
    outbox.write(
        new OrganizationId(event.id("organization_id")),
        kind(),
        "occurrence:" + event.id("occurrence_id"),
        payload);
    nudge.wakeRelay();
  }
}
