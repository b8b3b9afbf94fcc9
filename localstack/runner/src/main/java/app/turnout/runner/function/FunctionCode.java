package app.turnout.runner.function;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The code of one function: its own class loader, and the handler made from it.
final class FunctionCode implements Closeable {
  private final URLClassLoader loader;
  private final Object instance;
  private final Handler handler;

  private FunctionCode(URLClassLoader loader, Object instance, Handler handler) {
    this.loader = loader;
    this.instance = instance;
    this.handler = handler;
  }

  /// Loads the handler from the configuration's directory, the code's directory and the jars in its
  /// `lib`, in this order. Takes as long as the function's own start.
  static FunctionCode load(Path configuration, Path code, String handler) throws Exception {
    URLClassLoader loader =
        new URLClassLoader(
            classPath(configuration, code).toArray(URL[]::new), new RuntimeInterface());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> type = loader.loadClass(handler.replaceFirst("::handleRequest$", ""));
      Object instance = type.getConstructor().newInstance();
      return new FunctionCode(loader, instance, Handler.of(instance, loader));
    } catch (Throwable e) {
      loader.close();
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<URL> classPath(Path configuration, Path code) throws IOException {
    List<Path> entries = new ArrayList<>(List.of(configuration, code));
    if (!Files.isDirectory(code.resolve("lib"))) {
      throw new IOException("no code in " + code + ": is it built?");
    }
    try (Stream<Path> jars = Files.list(code.resolve("lib"))) {
      jars.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(entries::add);
    }
    List<URL> urls = new ArrayList<>();
    for (Path entry : entries) {
      urls.add(entry.toUri().toURL());
    }
    return urls;
  }

  ClassLoader loader() {
    return loader;
  }

  Handler handler() {
    return handler;
  }

  /// Closes what the handler holds, then its class loader.
  @Override
  public void close() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try (var _ = loader) {
      if (instance instanceof AutoCloseable closeable) {
        closeable.close();
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
