package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EncryptedMailTest {
  private static final char[] STORE_PASSWORD = "of the key store".toCharArray();

  @TempDir static Path directory;

  @RegisterExtension static final RelayHarness RELAY = new RelayHarness(Map.of());

  private static SSLContext before;
  private static SSLContext encryption;

  @BeforeAll
  static void trustTheServersCertificate() throws Exception {
    before = SSLContext.getDefault();
    encryption = contextOfNewCertificate();
    SSLContext.setDefault(encryption);
  }

  @AfterAll
  static void trustAsBefore() {
    SSLContext.setDefault(before);
  }

  @AfterEach
  void noMore() throws SQLException {
    RELAY.execute("delete from outbox_messages");
  }

  @Test
  void credentialsAndMailAreEncrypted() throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer(encryption)) {
      UUID message = RELAY.registration("ana@example.com", "en");

      RelayHarness.relay(relayTo(server, "localhost"));

      assertThat(RELAY.state(message)).isEqualTo("sent");
      assertThat(server.taken()).hasSize(1);
      String login =
          Base64.getEncoder().encodeToString("user\0user\0secret".getBytes(StandardCharsets.UTF_8));
      assertThat(server.heard()).contains("encrypted AUTH PLAIN " + login);
      assertThat(server.heard())
          .filteredOn(line -> !line.startsWith("encrypted "))
          .containsExactly("EHLO turnout.example", "STARTTLS");
    }
  }

  @Test
  void serverOfAnotherNameHearsNothing() throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer(encryption)) {
      UUID message = RELAY.registration("ana@example.com", "en");

      RelayHarness.relay(relayTo(server, "127.0.0.1"));

      assertThat(RELAY.state(message)).isEqualTo("open");
      assertThat(server.heard()).isEqualTo(List.of("EHLO turnout.example", "STARTTLS"));
    }
  }

  private static OutboxRelayFunction relayTo(ScriptedMailServer server, String host) {
    return RELAY.start(
        Map.of(
            "turnout.mail.host",
            host,
            "turnout.mail.port",
            server.port(),
            "turnout.mail.tls",
            true,
            "turnout.secrets.mail",
            "{\"username\": \"user\", \"password\": \"secret\"}"));
  }

  /// Of a certificate for `localhost` only.
  private static SSLContext contextOfNewCertificate()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(STORE_PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, STORE_PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
