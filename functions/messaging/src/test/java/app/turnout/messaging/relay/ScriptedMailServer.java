package app.turnout.messaging.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A mail server (RFC 5321) that says what a test wants at each command, and keeps what it took.
final class ScriptedMailServer implements AutoCloseable {
  private final ServerSocket listening;
  private final @Nullable SSLContext encryption;
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  ScriptedMailServer() {
    this(null);
  }

  /// @param encryption offered by STARTTLS (RFC 3207), and login only then; null for neither
  ScriptedMailServer(@Nullable SSLContext encryption) {
    this.encryption = encryption;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /// @param command `RCPT`, `RCPT TO:<ana@example.com>`, `DATA`…: the longest that fits is taken
  void reply(String command, String reply) {
    replies.put(command, reply);
  }

  void behaveAgain() {
    replies.clear();
    taken.clear();
    heard.clear();
  }

  /// The mails it took, headers and all.
  List<String> taken() {
    return taken;
  }

  /// The commands it heard.
  List<String> heard() {
    return heard;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket client) {
    try (client) {
      say(client, "220 scripted");
      if (talk(client)) {
        SSLSocketFactory sockets = Objects.requireNonNull(encryption).getSocketFactory();
        try (SSLSocket encrypted = (SSLSocket) sockets.createSocket(client, null, 0, true)) {
          encrypted.setUseClientMode(false);
          talk(encrypted);
        }
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  /// Whether it is to go on encrypted.
  private boolean talk(Socket client) throws IOException {
    boolean encrypted = client instanceof SSLSocket;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add((encrypted ? "encrypted " : "") + line);
      if (line.equals("QUIT")) {
        say(client, "221 bye");
        return false;
      }
      if (line.equals("STARTTLS")) {
        say(client, "220 go on");
        return true;
      }
      String reply = line.startsWith("EHLO") ? greeting(encrypted) : reply(line);
      say(client, reply);
      if (reply.startsWith("354")) {
        take(client, mail(in));
      }
    }
    return false;
  }

  private String greeting(boolean encrypted) {
    if (encryption == null) {
      return "250 scripted";
    }
    return encrypted ? "250-scripted\r\n250 AUTH PLAIN" : "250-scripted\r\n250 STARTTLS";
  }

  private void take(Socket client, String mail) throws IOException {
    String verdict = replies.getOrDefault("END", "250 taken");
    if (verdict.startsWith("2")) {
      taken.add(mail);
    }
    say(client, verdict);
  }

  private String reply(String line) {
    return replies.entrySet().stream()
        .filter(entry -> line.startsWith(entry.getKey()))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElseGet(
            () ->
                switch (line.substring(0, Math.min(line.length(), 4))) {
                  case "DATA" -> "354 go on";
                  case "AUTH" -> "235 welcome";
                  default -> "250 ok";
                });
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
