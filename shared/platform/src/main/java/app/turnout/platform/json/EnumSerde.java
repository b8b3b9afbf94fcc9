package app.turnout.platform.json;

import io.micronaut.context.annotation.Primary;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serde;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Enums by their wire names, whichever they are: no annotation on each constant.
@Singleton
@Primary
final class EnumSerde<E extends Enum<E>> implements Serde<E> {
  @Override
  public void serialize(
      Encoder encoder, EncoderContext context, Argument<? extends E> type, E value)
      throws IOException {
    encoder.encodeString(WireName.of(value));
  }

  @Override
  @SuppressWarnings("unchecked")
  public E deserialize(Decoder decoder, DecoderContext context, Argument<? super E> type)
      throws IOException {
    String text = decoder.decodeString();
    try {
      return Texts.constant((Class<E>) type.getType(), text);
    } catch (IllegalArgumentException e) {
      throw decoder.createDeserializationException(String.valueOf(e.getMessage()), text);
    }
  }
}
