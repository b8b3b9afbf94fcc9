package app.turnout.runner.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;

/// A handler as bytes in, bytes out. The way between is that of Lambda's own runtime: its library
/// of serializers.
interface Handler {
  byte[] handle(byte[] event, Context context) throws IOException;

  /// The handler that an object is.
  ///
  /// @param apart whether its events are read by a copy of the library of its own: the runner's
  ///   keeps all classes that it has ever read
  /// @throws IllegalArgumentException when the object is no handler
  static Handler of(Object instance, ClassLoader loader, boolean apart) {
    return switch (instance) {
      case RequestStreamHandler handler -> streaming(handler);
      case RequestHandler<?, ?> handler -> typed(handler, loader, apart);
      default ->
          throw new IllegalArgumentException(
              instance.getClass().getName()
                  + " is neither a RequestHandler nor a RequestStreamHandler");
    };
  }

  private static Handler streaming(RequestStreamHandler handler) {
    return (event, context) -> {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      handler.handleRequest(new ByteArrayInputStream(event), answer, context);
      return answer.toByteArray();
    };
  }

  private static Handler typed(RequestHandler<?, ?> handler, ClassLoader loader, boolean apart) {
    HandlerTypes types = HandlerTypes.of(handler.getClass());
    PojoSerializer<Object> input = serializer(types.input(), loader, apart);
    PojoSerializer<Object> output = serializer(types.output(), loader, apart);
    @SuppressWarnings("unchecked") // The input's serializer makes what the handler declares.
    RequestHandler<Object, Object> any = (RequestHandler<Object, Object>) handler;
    return (event, context) -> {
      Object answer = any.handleRequest(input.fromJson(new ByteArrayInputStream(event)), context);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      output.toJson(answer, bytes);
      return bytes.toByteArray();
    };
  }

  private static PojoSerializer<Object> serializer(Type type, ClassLoader loader, boolean apart) {
    if (apart && !isOfThePlatform(type)) {
      return new SerializationLibrary().serializer(type, loader);
    }
    if (type instanceof Class<?> event && SerializationLibrary.mustBeOwn(event)) {
      return new SerializationLibrary().serializer(event, loader);
    }
    if (type instanceof Class<?> known
        && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())) {
      @SuppressWarnings("unchecked") // A serializer for a type is made for that type's objects.
      PojoSerializer<Object> serializer =
          (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(known, loader);
      return serializer;
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }

  private static boolean isOfThePlatform(Type type) {
    return type.getTypeName().startsWith("java.lang.") && type instanceof Class<?>;
  }
}
