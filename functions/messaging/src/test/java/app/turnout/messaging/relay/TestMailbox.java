package app.turnout.messaging.relay;

import app.turnout.container.LocalStack;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where the relay's mails end: a mail server, and behind it, where this JVM's tests run on
/// LocalStack, its SES, as SES is behind its own SMTP interface. What SES does not take is not
/// received.
final class TestMailbox implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("<MessageId>([^<]+)</MessageId>");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

  /// Those that SES took, in their order.
  private final List<String> taken = new ArrayList<>();

  /// Starts it.
  TestMailbox() {
    server.start();
    // For a relay that logs in; one that does not is let in, too.
    server.setUser("relay@turnout.example", "relay", "secret");
    if (LocalStack.isAsked()) {
      // SES sends for verified addresses only.
      ses(Map.of("Action", "VerifyEmailIdentity", "EmailAddress", RelayHarness.SENDER));
    }
  }

  int port() {
    return server.getSmtp().getPort();
  }

  /// The mails since the last time they were forgotten, oldest first.
  MimeMessage[] received() {
    MimeMessage[] mails = server.getReceivedMessages();
    if (!LocalStack.isAsked()) {
      return mails;
    }
    try {
      for (MimeMessage mail : List.of(mails).subList(taken.size(), mails.length)) {
        taken.add(send(mail));
      }
      Map<String, MimeMessage> kept = new HashMap<>();
      for (JsonNode mail : JSON.readTree(get("/_aws/ses")).path("messages")) {
        kept.put(
            mail.path("Id").asText(),
            new MimeMessage(
                null,
                new ByteArrayInputStream(
                    mail.path("RawData").asText().getBytes(StandardCharsets.UTF_8))));
      }
      return taken.stream().map(kept::get).toArray(MimeMessage[]::new);
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String send(MimeMessage mail) throws IOException, MessagingException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    mail.writeTo(raw);
    Matcher answer =
        ID.matcher(
            ses(
                Map.of(
                    "Action",
                    "SendRawEmail",
                    "RawMessage.Data",
                    Base64.getEncoder().encodeToString(raw.toByteArray()))));
    if (!answer.find()) {
      throw new IllegalStateException("SES gave no id");
    }
    return answer.group(1);
  }

  private static String ses(Map<String, String> fields) {
    String form =
        "Version=2010-12-01&"
            + fields.entrySet().stream()
                .map(
                    field ->
                        field.getKey()
                            + "="
                            + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    return answer(
        HttpRequest.newBuilder(LocalStack.endpoint())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/ses/aws4_request, SignedHeaders=host,"
                        .formatted(LocalStack.account(), TestFunctions.aws().get("aws.region"))
                    + " Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private static String get(String path) {
    return answer(HttpRequest.newBuilder(URI.create(LocalStack.endpoint() + path)).build());
  }

  private static String answer(HttpRequest request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Forgets all mails.
  void forget() throws FolderException {
    server.purgeEmailFromAllMailboxes();
    taken.clear();
  }

  @Override
  public void close() {
    server.stop();
  }
}
