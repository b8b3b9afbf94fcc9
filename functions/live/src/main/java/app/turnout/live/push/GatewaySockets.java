package app.turnout.live.push;

import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;

/// By API Gateway's management API, `@connections`.
@Singleton
final class GatewaySockets implements Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(GatewaySockets.class);

  /// API Gateway takes a message in milliseconds. Who reads too slowly is better off with the
  /// snapshot, and the others with not waiting.
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private final ApiGatewayManagementApiClient client;

  /// @param endpoint the WebSocket API's stage, by https
  GatewaySockets(
      @Value("${turnout.live.endpoint}") String endpoint,
      AwsCredentialsProvider credentials,
      AwsRegionProvider region) {
    client =
        ApiGatewayManagementApiClient.builder()
            .endpointOverride(URI.create(endpoint))
            .credentialsProvider(credentials)
            .region(region.getRegion())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(PATIENCE)
                    .socketTimeout(PATIENCE))
            .overrideConfiguration(
                configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
  }

  @Override
  public Outcome send(String connection, byte[] message) {
    try {
      client.postToConnection(
          request -> request.connectionId(connection).data(SdkBytes.fromByteArrayUnsafe(message)));
      return Outcome.TAKEN;
    } catch (GoneException e) {
      return Outcome.LOST;
    } catch (LimitExceededException e) {
      LOG.warn("API Gateway takes no more messages for now");
      return Outcome.REFUSED;
    } catch (SdkException e) {
      LOG.warn("A connection did not take its message, and is closed", e);
      return Outcome.LOST;
    }
  }

  @Override
  public void close(String connection) {
    try {
      client.deleteConnection(request -> request.connectionId(connection));
    } catch (GoneException e) {
      // As it should be.
    } catch (SdkException e) {
      LOG.warn("A connection was not closed; it is told nothing any more", e);
    }
  }

  @PreDestroy
  void shutDown() {
    client.close();
  }
}
