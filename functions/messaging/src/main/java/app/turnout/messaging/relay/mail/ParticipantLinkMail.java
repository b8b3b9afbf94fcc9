package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.messaging.relay.mail.ExpectedPeople.Expected;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Gives a participant their link. Its token is derived here, again at each attempt, and stands
/// nowhere else; the link carries it in the fragment.
@Singleton
final class ParticipantLinkMail implements Delivery {
  private final Database database;
  private final ExpectedPeople people;
  private final Mailer mailer;
  private final Secrets secrets;
  private final String publicUrl;

  ParticipantLinkMail(
      Database database,
      ExpectedPeople people,
      Mailer mailer,
      Secrets secrets,
      @Value("${turnout.public-url}") String publicUrl) {
    this.database = database;
    this.people = people;
    this.mailer = mailer;
    this.secrets = secrets;
    this.publicUrl = publicUrl;
  }

  @Override
  public String kind() {
    return "participant_link_mail";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID participant = message.payloadId("participant_id");
    UUID link = message.payloadId("link_id");
    Optional<Integer> generation = findGeneration(participant, link);
    if (generation.isEmpty()) {
      return new DeliveryOutcome.NotNeeded("the link was revoked");
    }
    return people
        .find(participant)
        .map(
            expected ->
                expected.isCancelled()
                    ? new DeliveryOutcome.NotNeeded("the date is cancelled by now")
                    : mailer.send(
                        message.id(), expected.email(), letter(expected, link, generation.get())))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("nobody is expected any more"));
  }

  /// Of a link that is good.
  private Optional<Integer> findGeneration(UUID participant, UUID link) {
    return database
        .handle()
        .createQuery(
            """
            select generation
            from participant_links
            where id = :link
              and participant_id = :participant
              and revoked_at is null
            """)
        .bind("link", link)
        .bind("participant", participant)
        .mapTo(Integer.class)
        .findOne();
  }

  private Letter letter(Expected expected, UUID link, int generation) {
    Phrases phrases = Phrases.in(expected.locale());
    String token = new DerivedTokens(secrets.get("link-token-key")).token(link, generation);
    List<Letter.Part> parts = new ArrayList<>();
    parts.add(DateWords.paragraph(phrases, "participantLink.what", expected));
    if (expected.area() != null) {
      parts.add(
          new Letter.Part.Paragraph(
              phrases
                  .get("participantLink.where")
                  .replace("{area}", DateWords.line(expected.area()))));
    }
    parts.add(new Letter.Part.Paragraph(phrases.get("participantLink.why")));
    parts.add(
        new Letter.Part.Button(phrases.get("participantLink.button"), publicUrl + "/me#" + token));
    parts.add(new Letter.Part.Paragraph(phrases.get("participantLink.own")));
    return new Letter(
        phrases.language(), DateWords.filled(phrases, "participantLink.subject", expected), parts);
  }
}
