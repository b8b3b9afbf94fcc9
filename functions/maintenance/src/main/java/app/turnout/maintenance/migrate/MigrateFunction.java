package app.turnout.maintenance.migrate;

import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Invoked by the runner when it starts, or by hand: takes nothing, and answers `{"migrations":
/// n}`, the number that were applied. Safe to invoke again. In a deployment CloudFormation invokes
/// it, as a step that every other function waits for; the same is done and [StackStep] tells it.
///
/// With `{"rotate_signing_key": "planned"}` or `"at_once"` it changes the key of access tokens too,
/// and answers with the keys that are honoured: `"signing_keys": [{"key_id", "signs_from",
/// "retired_at"}]`, the latest first. Throws IllegalArgumentException when the input says anything
/// else.
public final class MigrateFunction
    extends MicronautRequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final String ROTATE = "rotate_signing_key";

  @Inject Migrate migrate;
  @Inject SigningKeyRotation signingKeys;
  @Inject StackStep step;

  /// Started by Lambda.
  public MigrateFunction() {}

  MigrateFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public Map<String, Object> execute(Map<String, Object> input) {
    if (StackStep.isAskedBy(input)) {
      return step.answer(input, migrate::run);
    }
    Optional<SigningKeyRotation.Pace> pace = pace(input);
    int migrations = migrate.run();
    return pace.isEmpty()
        ? Map.of("migrations", migrations)
        : Map.of(
            "migrations",
            migrations,
            "signing_keys",
            signingKeys.rotate(pace.get()).stream().map(MigrateFunction::answer).toList());
  }

  private static Optional<SigningKeyRotation.Pace> pace(Map<String, Object> input) {
    if (input.isEmpty()) {
      return Optional.empty();
    }
    if (input.equals(Map.of(ROTATE, "planned"))) {
      return Optional.of(SigningKeyRotation.Pace.PLANNED);
    }
    if (input.equals(Map.of(ROTATE, "at_once"))) {
      return Optional.of(SigningKeyRotation.Pace.AT_ONCE);
    }
    throw new IllegalArgumentException(
        "The input is empty, or {\"" + ROTATE + "\": \"planned\" or \"at_once\"}");
  }

  private static Map<String, @Nullable String> answer(SigningKeyRotation.Published key) {
    Map<String, @Nullable String> answer = new TreeMap<>();
    answer.put("key_id", key.id());
    answer.put("signs_from", key.signsFrom().toString());
    Instant retiredAt = key.retiredAt();
    answer.put("retired_at", retiredAt == null ? null : retiredAt.toString());
    return answer;
  }
}
