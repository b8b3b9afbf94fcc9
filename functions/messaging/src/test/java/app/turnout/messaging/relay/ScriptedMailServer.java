package app.turnout.messaging.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server (RFC 5321) that says what a test wants at each command, and keeps what it took.
final class ScriptedMailServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  ScriptedMailServer() {
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
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      Writer out = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8);
      say(out, "220 scripted");
      String line = in.readLine();
      while (line != null && !line.equals("QUIT")) {
        heard.add(line);
        String reply = reply(line);
        say(out, reply);
        if (reply.startsWith("354")) {
          String mail = mail(in);
          String verdict = replies.getOrDefault("END", "250 taken");
          if (verdict.startsWith("2")) {
            taken.add(mail);
          }
          say(out, verdict);
        }
        line = in.readLine();
      }
      say(out, "221 bye");
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private String reply(String line) {
    return replies.entrySet().stream()
        .filter(entry -> line.startsWith(entry.getKey()))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElseGet(() -> line.toUpperCase(Locale.ROOT).startsWith("DATA") ? "354 go on" : "250 ok");
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(Writer out, String line) throws IOException {
    out.write(line + "\r\n");
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
