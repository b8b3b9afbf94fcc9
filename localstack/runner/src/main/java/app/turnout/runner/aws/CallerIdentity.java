package app.turnout.runner.aws;

import app.turnout.runner.AwsJson;
import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks AWS whose login it is: nobody needs a permission for that.
///
/// Source: AWS STS API Reference, GetCallerIdentity.
final class CallerIdentity {
  private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";
  private static final Pattern ACCOUNT = Pattern.compile("<Account>\\s*(\\d{12})\\s*</Account>");
  private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private CallerIdentity() {}

  /// The number of the account.
  ///
  /// @throws RunnerException when AWS does not know who that is
  static String account(AwsLogin login) {
    URI endpoint = login.endpoint("sts");
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(endpoint)
              .timeout(PATIENCE)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      login
          .sign("sts", endpoint, Map.of("Content-Type", "application/x-www-form-urlencoded"), body)
          .forEach(request::header);
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return account(response);
    } catch (IOException e) {
      throw new RunnerException(
          "cannot ask AWS whose login it is, at " + endpoint + ": " + AwsJson.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunnerException("interrupted while AWS was asked whose login it is", e);
    }
  }

  private static String account(HttpResponse<String> response) {
    Matcher account = ACCOUNT.matcher(response.body());
    if (response.statusCode() == 200 && account.find()) {
      return account.group(1);
    }
    throw new RunnerException(
        "AWS does not take this login: "
            + found(CODE, response.body(), "HTTP " + response.statusCode())
            + found(MESSAGE, response.body(), "").replaceFirst("^(?=.)", ", "));
  }

  private static String found(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1).strip() : otherwise;
  }
}
