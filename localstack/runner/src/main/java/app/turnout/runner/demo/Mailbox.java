package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Answer;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.RemoteClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The mailbox of the runner, where every mail ends.
final class Mailbox {
  private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9._~-]+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;

  Mailbox(Api api) {
    this.api = api;
  }

  /// Waits for the mail that verifies an address, and gives the token of its link.
  String verificationToken(String address) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      Optional<String> token = findToken(address);
      if (token.isPresent()) {
        return token.get();
      }
      RemoteClock.sleep(Duration.ofMillis(200));
    }
    throw new RunnerException(
        "no mail for " + address + " in " + PATIENCE.toSeconds() + " seconds at " + api);
  }

  private Optional<String> findToken(String address) {
    String path = "/messages?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    try {
      Answer answer = api.get(path, null);
      for (JsonNode message : answer.body()) {
        Matcher link = TOKEN.matcher(message.path("text").asText());
        if (link.find()) {
          return Optional.of(link.group(1));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new RunnerException("no mailbox at " + api, e);
    }
  }
}
