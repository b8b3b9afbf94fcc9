package app.turnout.runner.function;

/// All that a function sees of the runner: the interfaces of `aws-lambda-java-core`, and the
/// platform's classes.
final class RuntimeInterface extends ClassLoader {
  private static final String SHARED = "com.amazonaws.services.lambda.runtime.";

  RuntimeInterface() {
    super(ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(SHARED) && isShared(name.substring(SHARED.length()))) {
      return RuntimeInterface.class.getClassLoader().loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  /// Events and serialization belong to whoever brings them.
  private static boolean isShared(String name) {
    return name.indexOf('.') < 0 || name.startsWith("logging.");
  }
}
