package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.metrics.Measures;
import app.turnout.platform.metrics.Metric;
import app.turnout.platform.secrets.Secrets;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Hands letters to the mail server (RFC 5321), encrypted and with our credentials where
/// configured. Each step has ten seconds. A mail's Message-ID follows from its message's id, so
/// mail programs recognise one that was sent twice.
@Singleton
final class Mailer {
  private static final String PATIENCE_MILLIS = "10000";

  private record Credentials(String username, String password) {}

  private final MailSettings settings;
  private final InternetAddress from;
  private final @Nullable Credentials credentials;
  private final InstantSource time;

  Mailer(MailSettings settings, Secrets secrets, JsonMapper json, InstantSource time) {
    this.settings = settings;
    this.credentials =
        secrets
            .find("mail")
            .filter(secret -> !secret.isBlank())
            .map(secret -> read(secret, json))
            .orElse(null);
    this.time = time;
    try {
      this.from = new InternetAddress(settings.from(), true);
    } catch (AddressException e) {
      throw new IllegalArgumentException("turnout.mail.from is no address", e);
    }
  }

  private static Credentials read(String secret, JsonMapper json) {
    try {
      Map<?, ?> fields = json.readValue(secret, Map.class);
      return new Credentials(
          String.valueOf(fields.get("username")), String.valueOf(fields.get("password")));
    } catch (IOException e) {
      throw new UncheckedIOException("turnout.secrets.mail is not JSON", e);
    }
  }

  /// @param id of the message that this mail is
  DeliveryOutcome send(UUID id, String to, Letter letter) {
    try {
      Session session = Session.getInstance(properties());
      InternetAddress recipient = new InternetAddress(to, true);
      MimeMessage mail = write(session, id, recipient, letter);
      try (Transport transport = session.getTransport("smtp")) {
        if (credentials == null) {
          transport.connect();
        } else {
          transport.connect(credentials.username(), credentials.password());
        }
        transport.sendMessage(mail, new InternetAddress[] {recipient});
      }
      Measures.add(Metric.MAILS_SENT, 1);
      return new DeliveryOutcome.Accepted();
    } catch (AddressException e) {
      return new DeliveryOutcome.Refused("not an address");
    } catch (MessagingException e) {
      return verdict(e);
    }
  }

  /// Only what the server says of the recipient for good is final. Anything else, our own login or
  /// sender among it, somebody may mend.
  private static DeliveryOutcome verdict(MessagingException failure) {
    Optional<SMTPAddressFailedException> ofRecipient = find(failure);
    if (ofRecipient.isPresent()) {
      int code = ofRecipient.get().getReturnCode();
      String reason = "the mail server refused the recipient: " + code;
      return code >= 500
          ? new DeliveryOutcome.Refused(reason)
          : new DeliveryOutcome.Deferred(reason);
    }
    return new DeliveryOutcome.Deferred(
        failure instanceof SMTPSendFailedException answer
            ? "the mail server refused the mail: " + answer.getReturnCode()
            : failure.getClass().getSimpleName());
  }

  private static Optional<SMTPAddressFailedException> find(MessagingException failure) {
    for (Exception next = failure;
        next instanceof MessagingException known;
        next = known.getNextException()) {
      if (known instanceof SMTPAddressFailedException ofRecipient) {
        return Optional.of(ofRecipient);
      }
    }
    return Optional.empty();
  }

  private MimeMessage write(Session session, UUID id, InternetAddress to, Letter letter)
      throws MessagingException {
    MimeMessage mail = new Identified(session, "<" + id + "@" + domain() + ">");
    mail.setFrom(from);
    mail.setRecipient(Message.RecipientType.TO, to);
    mail.setSubject(letter.subject(), "UTF-8");
    mail.setSentDate(Date.from(time.instant()));
    mail.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), "UTF-8", "html");
    mail.setContent(new MimeMultipart("alternative", text, html));
    return mail;
  }

  private String domain() {
    String address = from.getAddress();
    return address.substring(address.indexOf('@') + 1);
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", settings.host());
    properties.put("mail.smtp.port", Integer.toString(settings.port()));
    // Else the machine's own name is looked up.
    properties.put("mail.smtp.localhost", domain());
    properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.tls()));
    properties.put("mail.smtp.starttls.required", Boolean.toString(settings.tls()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.auth", Boolean.toString(credentials != null));
    return properties;
  }

  /// Keeps the Message-ID it is given, where its kind would make one of its own.
  private static final class Identified extends MimeMessage {
    private final String messageId;

    Identified(Session session, String messageId) {
      super(session);
      this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }
}
