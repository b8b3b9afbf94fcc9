package app.turnout.acceptance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The classes of all areas, and what they share, read once: most of that time goes into looking
/// for what they name on the class path.
final class PackagedClasses {
  private PackagedClasses() {}

  private static final class All {
    static final JavaClasses CLASSES = read();
  }

  static JavaClasses all() {
    return All.CLASSES;
  }

  /// Whether a class is an area's own.
  static boolean isOf(Path area, JavaClass type) {
    URI classes = area.resolve("target/classes").toUri();
    return type.getSource()
        .map(source -> source.getUri().toString().startsWith(classes.toString()))
        .orElse(false);
  }

  private static JavaClasses read() {
    List<Path> folders = new ArrayList<>();
    for (Path area : Checkout.areas()) {
      folders.add(area.resolve("target/classes"));
    }
    folders.add(Checkout.ROOT.resolve("shared/platform/target/classes"));
    folders.add(Checkout.ROOT.resolve("shared/domain/target/classes"));
    return new ClassFileImporter().importPaths(folders);
  }
}
