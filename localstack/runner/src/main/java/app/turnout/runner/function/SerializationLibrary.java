package app.turnout.runner.function;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A copy of the serializers of Lambda's runtime, for one function. That library is made for one
/// function a process: its one mapper keeps the first function's class of times, and cannot read
/// the times of another's events.
final class SerializationLibrary extends ClassLoader {
  private static final String OWN = "com.amazonaws.services.lambda.runtime.serialization.";
  private static final String THIRD_PARTY = "com.amazonaws.lambda.thirdparty.";
  private static final ClassLoader RUNNER = SerializationLibrary.class.getClassLoader();

  SerializationLibrary() {
    super(ClassLoader.getPlatformClassLoader());
  }

  /// Whether an event has times, so that what reads it cannot be shared.
  static boolean mustBeOwn(Class<?> event) {
    return LambdaEventSerializers.isLambdaSupportedEvent(event.getName())
        && Stream.of(event.getMethods())
            .anyMatch(method -> method.getReturnType().getName().equals("org.joda.time.DateTime"));
  }

  /// What reads an event, or any other type.
  ///
  /// @param function the loader of its class
  @SuppressWarnings("unchecked") // A serializer for a type is made for that type's objects.
  PojoSerializer<Object> serializer(Type type, ClassLoader function) {
    try {
      if (type instanceof Class<?> event
          && LambdaEventSerializers.isLambdaSupportedEvent(event.getName())) {
        return (PojoSerializer<Object>)
            loadClass(LambdaEventSerializers.class.getName())
                .getMethod("serializerFor", Class.class, ClassLoader.class)
                .invoke(null, event, function);
      }
      Class<?> factory = loadClass(JacksonFactory.class.getName());
      Object own = factory.getMethod("getInstance").invoke(null);
      return (PojoSerializer<Object>)
          factory.getMethod("getSerializer", Type.class).invoke(own, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no serializer for " + type.getTypeName(), e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.equals(PojoSerializer.class.getName())) {
      return PojoSerializer.class;
    }
    if (!name.startsWith(OWN) && !name.startsWith(THIRD_PARTY)) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = RUNNER.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return name.startsWith(THIRD_PARTY.replace('.', '/')) ? RUNNER.getResource(name) : null;
  }
}
