package app.turnout.runner.aws;

import java.net.URI;
import java.util.Map;

/// What the template's queues and tables are called where they are.
///
/// @param prefix of each name
/// @param sqs where the queues are
/// @param queueUrls of names, as SQS told them; others are put together from the rest
public record AwsNames(AwsPlace place, String prefix, URI sqs, Map<String, String> queueUrls) {
  public AwsNames {
    queueUrls = Map.copyOf(queueUrls);
  }

  /// Those of the local stores, and of what plays AWS for whoever comes.
  public static AwsNames local(URI sqs) {
    return new AwsNames(AwsPlace.LOCAL, "", sqs, Map.of());
  }

  /// The same where SQS has told its URLs.
  public AwsNames with(Map<String, String> urls) {
    return new AwsNames(place, prefix, sqs, urls);
  }

  /// The name there of what the template calls so.
  public String name(String own) {
    return prefix + own;
  }

  /// The URL of a queue of that name there.
  public String queueUrl(String name) {
    return queueUrls.getOrDefault(name, sqs + "/" + place.account() + "/" + name);
  }
}
