package app.turnout.container;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips what was to run on LocalStack where no Docker engine answers, and says so once a JVM.
final class DockerAnswers implements ExecutionCondition {
  private static final String NONE = "No Docker engine answers: not run on LocalStack";
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!LocalStack.isWanted()) {
      return ConditionEvaluationResult.enabled("runs on the embedded stores");
    }
    if (LocalStack.isAsked()) {
      return ConditionEvaluationResult.enabled("a Docker engine answers");
    }
    if (!TOLD.getAndSet(true)) {
      System.err.println(NONE);
    }
    return ConditionEvaluationResult.disabled(NONE);
  }
}
