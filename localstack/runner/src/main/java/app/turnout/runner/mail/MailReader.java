package app.turnout.runner.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads what a mail says out of its parts.
final class MailReader {
  private @Nullable String text;
  private @Nullable String html;

  private MailReader() {}

  static Mail read(long id, String to, MimeMessage message, Instant receivedAt)
      throws MessagingException, IOException {
    MailReader reader = new MailReader();
    reader.visit(message);
    String subject = message.getSubject();
    return new Mail(
        id,
        to,
        from(message),
        subject == null ? "" : subject,
        reader.text,
        reader.html,
        receivedAt);
  }

  private static String from(MimeMessage message) throws MessagingException {
    Address[] from = message.getFrom();
    if (from == null || from.length == 0) {
      return "";
    }
    return from[0] instanceof InternetAddress address
        ? address.toUnicodeString()
        : from[0].toString();
  }

  private void visit(Part part) throws MessagingException, IOException {
    switch (part.getContent()) {
      case Multipart parts -> {
        for (int i = 0; i < parts.getCount(); i++) {
          visit(parts.getBodyPart(i));
        }
      }
      case String content when part.isMimeType("text/html") && html == null -> html = content;
      case String content when part.isMimeType("text/plain") && text == null -> text = content;
      default -> {
        // Attachments are not shown.
      }
    }
  }
}
