package app.turnout.runner.aws;

import app.turnout.runner.RequestSigner;
import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Who asks AWS, and where, found as every SDK of AWS does: the environment, `~/.aws`, the machine.
final class AwsLogin implements RequestSigner {
  private final Region region;
  private final AwsCredentialsProvider provider;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  private AwsLogin(Region region, AwsCredentialsProvider provider) {
    this.region = region;
    this.provider = provider;
  }

  /// Finds both.
  ///
  /// @throws RunnerException that says what is missing
  static AwsLogin find() {
    AwsLogin login = new AwsLogin(region(), DefaultCredentialsProvider.builder().build());
    try {
      login.provider.resolveCredentials();
    } catch (RuntimeException e) {
      // Not all are the SDK's own: a profile without a session lets a file's absence through.
      throw new RunnerException(withoutCredentials(), e);
    }
    return login;
  }

  private static Region region() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkException e) {
      throw new RunnerException(
          "there is no AWS region: set AWS_REGION, or the region of a profile in ~/.aws/config", e);
    }
  }

  private static String withoutCredentials() {
    return ProfileFileSystemSetting.AWS_PROFILE
        .getNonDefaultStringValue()
        .map(profile -> "there are no AWS credentials in the profile " + profile + why(profile))
        .orElse(
            "there are no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                + " AWS_PROFILE to a profile in ~/.aws that has some");
  }

  /// What the profile itself says, such as that its session has ended.
  private static String why(String profile) {
    try (ProfileCredentialsProvider own = ProfileCredentialsProvider.create(profile)) {
      own.resolveCredentials();
      return "";
    } catch (UncheckedIOException e) {
      return ": it has no session, which aws sso login --profile " + profile + " begins";
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return ": " + message.split(": ProfileFile", 2)[0];
    }
  }

  Region whichRegion() {
    return region;
  }

  /// What is valid now: sessions end, and begin anew where the login allows it.
  ///
  /// @throws IOException when there is nothing any more
  AwsCredentials credentials() throws IOException {
    try {
      return provider.resolveCredentials();
    } catch (RuntimeException e) {
      throw new IOException("the AWS credentials are gone: " + withoutCredentials(), e);
    }
  }

  /// Where a service is: as `AWS_ENDPOINT_URL_SQS` and the like say, else AWS's own in the region.
  ///
  /// @param service as signatures and host names have it
  URI endpoint(String service) {
    String title =
        service.equals("dynamodb")
            ? "DynamoDb"
            : service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
    return AwsClientEndpointProvider.builder()
        .serviceEndpointOverrideEnvironmentVariable(
            "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT))
        .serviceEndpointOverrideSystemProperty("aws.endpointUrl" + title)
        .serviceProfileProperty(service)
        .profileFile(ProfileFile::defaultProfileFile)
        .profileName(ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow())
        .serviceEndpointPrefix(service)
        .defaultProtocol("https")
        .region(region)
        .build()
        .clientEndpoint();
  }

  @Override
  public Map<String, String> sign(
      String service, URI endpoint, Map<String, String> headers, byte[] body) throws IOException {
    AwsCredentials credentials = credentials();
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(endpoint);
    headers.forEach(request::putHeader);
    Map<String, String> signed = new LinkedHashMap<>();
    signer
        .sign(
            asked ->
                asked
                    .identity(credentials)
                    .request(request.build())
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()))
        .request()
        .forEachHeader((name, values) -> signed.put(name, values.getFirst()));
    // Java's client writes it, the same.
    signed.remove("Host");
    return signed;
  }
}
