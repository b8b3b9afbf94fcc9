package app.turnout.maintenance.migrate;

import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.util.Map;

/// Invoked at deployment, before traffic shifts, and by the runner when it starts. Takes nothing;
/// answers `{"migrations": n}`, the number that were applied. Safe to invoke again.
public final class MigrateFunction
    extends MicronautRequestHandler<Map<String, Object>, Map<String, Object>> {
  @Inject Migrate migrate;

  /// Started by Lambda.
  public MigrateFunction() {}

  MigrateFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public Map<String, Object> execute(Map<String, Object> input) {
    return Map.of("migrations", migrate.run());
  }
}
