package app.turnout.platform.http;

import app.turnout.platform.json.JsonReader;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.bind.binders.DefaultBodyAnnotationBinder;
import io.micronaut.http.bind.binders.RequestArgumentBinder;
import io.micronaut.http.codec.MediaTypeCodecRegistry;
import io.micronaut.servlet.http.ServletBinderRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/// How the arguments of our routes are bound, where that differs from Micronaut.
@Singleton
@Primary
@SuppressWarnings("deprecation") // The super class still wants the codecs.
final class Binders<T> extends ServletBinderRegistry<T> {
  Binders(
      MediaTypeCodecRegistry codecs,
      ConversionService conversions,
      @SuppressWarnings("rawtypes") List<RequestArgumentBinder> binders,
      DefaultBodyAnnotationBinder<T> bodies,
      JsonReader json) {
    super(codecs, conversions, binders, bodies);
    byAnnotation.put(Body.class, new BodyBinder<>(conversions, codecs, bodies, json));
  }
}
