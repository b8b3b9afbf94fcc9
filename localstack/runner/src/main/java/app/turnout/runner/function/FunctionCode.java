package app.turnout.runner.function;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The code of one function: its own class loader, and the handler made from it.
final class FunctionCode implements Closeable {
  /// What is held while a function starts, by the directory of its code. Micronaut reads settings
  /// by the file system that the JDK has for a jar, of which there is one in a process, and closes
  /// it: of two functions that start from one package at once, one may find it closed.
  private static final Map<Path, Object> STARTING = new ConcurrentHashMap<>();

  private final URLClassLoader loader;
  private final Object instance;
  private final Handler handler;

  private FunctionCode(URLClassLoader loader, Object instance, Handler handler) {
    this.loader = loader;
    this.instance = instance;
    this.handler = handler;
  }

  /// Loads the handler from the configuration's directory and the code, in this order. Takes as
  /// long as the function's own start.
  static FunctionCode load(Path configuration, CodePath code, String handler) throws Exception {
    URLClassLoader loader = new URLClassLoader(urls(configuration, code), new RuntimeInterface());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> type = loader.loadClass(handler.replaceFirst("::handleRequest$", ""));
      Object instance;
      synchronized (STARTING.computeIfAbsent(code.code(), _ -> new Object())) {
        instance = type.getConstructor().newInstance();
      }
      return new FunctionCode(loader, instance, Handler.of(instance, loader, code.mayChange()));
    } catch (Throwable e) {
      loader.close();
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL[] urls(Path configuration, CodePath code) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(configuration.toUri().toURL());
    for (Path entry : code.entries()) {
      urls.add(entry.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
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
      DriverRegistrations.remove(loader);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
