package app.turnout.runner.mail;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The mailbox over HTTP: `GET /` for people, `GET /messages` as JSON; `?to=` chooses a recipient.
final class MailboxPages extends Handler.Abstract {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s<>&\"]+(?:&amp;[^\\s<>&\"]+)*");
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta http-equiv="refresh" content="10">
      <title>Mailbox</title>
      <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
        article { border-top: 1px solid #bbb; padding: 1rem 0 }
        h2 { font-size: 1.1rem; margin: 0 }
        p { margin: 0; color: #555 }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
        iframe { width: 100%; height: 20rem; border: 1px solid #bbb }
      </style>
      <h1>Mailbox</h1>
      """;

  private final Mailbox mailbox;

  MailboxPages(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (!reads || !(path.equals("/") || path.equals("/messages"))) {
      return false;
    }
    String to = Request.extractQueryParameters(request).getValue("to");
    List<Mail> mails =
        mailbox.mails().stream()
            .filter(mail -> to == null || mail.to().equalsIgnoreCase(to))
            .toList();
    boolean json = path.equals("/messages");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, json ? "application/json" : "text/html;charset=utf-8");
    String body = json ? json(mails) : page(mails);
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }

  private static String json(List<Mail> mails) {
    ArrayNode list = JSON.createArrayNode();
    for (Mail mail : mails) {
      list.addObject()
          .put("id", String.format(Locale.ROOT, "%d", mail.id()))
          .put("to", mail.to())
          .put("from", mail.from())
          .put("subject", mail.subject())
          .put("text", mail.text())
          .put("html", mail.html())
          .put("received_at", mail.receivedAt().toString());
    }
    return list.toString();
  }

  private static String page(List<Mail> mails) {
    StringBuilder page = new StringBuilder(HEAD);
    if (mails.isEmpty()) {
      page.append("<p>Nothing yet.</p>\n");
    }
    for (Mail mail : mails) {
      page.append("<article>\n<h2>").append(escaped(mail.subject())).append("</h2>\n<p>to ");
      page.append(escaped(mail.to())).append(", from ").append(escaped(mail.from()));
      page.append(", ").append(mail.receivedAt()).append("</p>\n");
      Optional.ofNullable(mail.text())
          .ifPresent(text -> page.append("<pre>").append(linked(text)).append("</pre>\n"));
      Optional.ofNullable(mail.html())
          .ifPresent(
              html ->
                  page.append("<iframe sandbox=\"allow-popups\" srcdoc=\"")
                      .append(escaped(html))
                      .append("\"></iframe>\n"));
      page.append("</article>\n");
    }
    return page.append("</html>\n").toString();
  }

  private static String linked(String text) {
    return LINK.matcher(escaped(text)).replaceAll("<a href=\"$0\">$0</a>");
  }

  private static String escaped(@Nullable String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
  }
}
