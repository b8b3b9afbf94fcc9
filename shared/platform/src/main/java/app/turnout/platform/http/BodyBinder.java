package app.turnout.platform.http;

import app.turnout.platform.json.JsonReader;
import app.turnout.platform.json.MergePatch;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.DefaultBodyAnnotationBinder;
import io.micronaut.http.codec.MediaTypeCodecRegistry;
import io.micronaut.servlet.http.ServletBodyBinder;
import java.util.Optional;

/// Binds `@Body`: records and patches of them by [JsonReader], bytes as they came, the rest as
/// Micronaut does. A record that may be null is when there is no body.
@SuppressWarnings("deprecation") // The super class still wants the codecs.
final class BodyBinder<T> extends ServletBodyBinder<T> {
  private final JsonReader json;

  BodyBinder(
      ConversionService conversions,
      MediaTypeCodecRegistry codecs,
      DefaultBodyAnnotationBinder<T> bodies,
      JsonReader json) {
    super(conversions, codecs, bodies);
    this.json = json;
  }

  @Override
  public BindingResult<T> bind(ArgumentConversionContext<T> context, HttpRequest<?> source) {
    Class<T> type = context.getArgument().getType();
    if (!(source instanceof GatewayRequest<?> request)) {
      return super.bind(context, source);
    }
    if (type == byte[].class) {
      T bytes = type.cast(request.bytes());
      return () -> Optional.of(bytes);
    }
    if (JsonReader.reads(type)) {
      if (request.bytes().length == 0 && context.getArgument().isNullable()) {
        return BindingResult.empty();
      }
      @SuppressWarnings("unchecked")
      GatewayRequest<T> holder = (GatewayRequest<T>) request;
      T value = json.read(request.bytes(), type);
      holder.setParsedBody(value);
      return () -> Optional.of(value);
    }
    if (type == MergePatch.class) {
      Argument<?> patched = context.getFirstTypeVariable().orElseThrow();
      T patch = type.cast(json.patch(request.bytes(), patched.getType()));
      return () -> Optional.of(patch);
    }
    return super.bind(context, source);
  }
}
