package app.turnout.runner.aws;

import app.turnout.stores.LocalAws;

/// An account in a region.
///
/// @param partition what ARNs begin with after `arn:`, such as `aws`
public record AwsPlace(String partition, String region, String account) {
  /// What the local stores play.
  public static final AwsPlace LOCAL = new AwsPlace("aws", LocalAws.REGION, LocalAws.ACCOUNT);

  /// The ARN of something there.
  public String arn(String service, String resource) {
    return "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, account, resource);
  }
}
