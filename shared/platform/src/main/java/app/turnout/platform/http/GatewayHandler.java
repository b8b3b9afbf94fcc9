package app.turnout.platform.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.BinaryTypeConfiguration;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.servlet.http.ServletExchange;
import io.micronaut.servlet.http.ServletHttpHandler;

/// Runs requests of API Gateway through Micronaut's routes.
final class GatewayHandler
    extends ServletHttpHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final BinaryTypeConfiguration binaryTypes;
  private final long largestBody;

  GatewayHandler(ApplicationContext context) {
    super(context, context.getConversionService());
    this.binaryTypes = context.getBean(BinaryTypeConfiguration.class);
    this.largestBody = context.getBean(HttpServerConfiguration.class).getMaxRequestSize();
  }

  @Override
  protected ServletExchange<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> createExchange(
      APIGatewayV2HTTPEvent event, APIGatewayV2HTTPResponse ignored) {
    return request(event);
  }

  GatewayRequest<Object> request(APIGatewayV2HTTPEvent event) {
    return GatewayRequest.of(
        event,
        new GatewayResponse<>(applicationContext.getConversionService(), binaryTypes),
        applicationContext.getConversionService(),
        largestBody);
  }
}
