package app.turnout.platform.json;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.MessageBodyHandler;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.json.JsonFeatures;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.body.CustomizableJsonHandler;
import io.micronaut.json.body.JsonMessageHandler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/// Micronaut's own handler of JSON bodies, but each type's serializers are made when one of that
/// type is written or read for the first time. Micronaut makes them, and deserializers that nobody
/// asks for, for all routes at once while the first request waits.
@Singleton
@Replaces(JsonMessageHandler.class)
@JsonMessageHandler.ProducesJson
@JsonMessageHandler.ConsumesJson
@Order(JsonMessageHandler.ORDER)
final class JsonBodies<T>
    implements MessageBodyHandler<T>, ResponseBodyWriter<T>, CustomizableJsonHandler {
  private final Supplier<JsonMessageHandler<T>> handler;

  @Inject
  JsonBodies(JsonMapper mapper) {
    JsonMessageHandler<T> ofAll = new JsonMessageHandler<>(mapper);
    this.handler = () -> ofAll;
  }

  private JsonBodies(Supplier<JsonMessageHandler<T>> handler) {
    this.handler = handler;
  }

  @Override
  public JsonBodies<T> createSpecific(Argument<T> type) {
    return new JsonBodies<>(SupplierUtil.memoized(() -> handler.get().createSpecific(type)));
  }

  @Override
  public CustomizableJsonHandler customize(JsonFeatures features) {
    return handler.get().customize(features);
  }

  @Override
  public boolean isReadable(Argument<T> type, MediaType mediaType) {
    return handler.get().isReadable(type, mediaType);
  }

  @Override
  public T read(Argument<T> type, MediaType mediaType, Headers headers, InputStream in) {
    return handler.get().read(type, mediaType, headers, in);
  }

  @Override
  public boolean isWriteable(Argument<T> type, MediaType mediaType) {
    return handler.get().isWriteable(type, mediaType);
  }

  @Override
  public void writeTo(
      Argument<T> type, MediaType mediaType, T body, MutableHeaders headers, OutputStream out) {
    handler.get().writeTo(type, mediaType, body, headers, out);
  }

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodies,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<T> type,
      MediaType mediaType,
      T body) {
    return handler.get().writePiece(bodies, request, response, type, mediaType, body);
  }
}
