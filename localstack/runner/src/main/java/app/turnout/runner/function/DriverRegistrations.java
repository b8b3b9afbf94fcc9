package app.turnout.runner.function;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Takes a function's database drivers out of the platform's list, which would keep them, and with
/// them the function's classes, for ever. The list shows and gives up a driver only to classes that
/// see it: this one is defined once more below the function's class loader.
public final class DriverRegistrations implements Runnable {
  /// Only for the copy, which is made by name.
  public DriverRegistrations() {}

  /// Takes out what was registered by classes of that loader.
  static void remove(ClassLoader function) throws IOException {
    try {
      ((Runnable)
              new Below(function)
                  .loadClass(DriverRegistrations.class.getName())
                  .getConstructor()
                  .newInstance())
          .run();
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void run() {
    for (Driver driver : DriverManager.drivers().toList()) {
      try {
        if (getClass().getClassLoader().getParent().equals(driver.getClass().getClassLoader())) {
          DriverManager.deregisterDriver(driver);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class Below extends ClassLoader {
    Below(ClassLoader function) {
      super(function);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream in =
          DriverRegistrations.class
              .getClassLoader()
              .getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null || !name.equals(DriverRegistrations.class.getName())) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
