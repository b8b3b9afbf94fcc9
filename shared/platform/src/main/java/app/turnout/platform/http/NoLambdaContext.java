package app.turnout.platform.http;

import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.function.aws.DefaultLambdaContextFactory;
import io.micronaut.function.aws.LambdaContextFactory;
import jakarta.inject.Singleton;

/// Registers nothing. Micronaut's own registers singletons at every call, and never lets them go.
@Singleton
@Replaces(DefaultLambdaContextFactory.class)
final class NoLambdaContext implements LambdaContextFactory {
  @Override
  public void registerSingletons(Context context) {}
}
