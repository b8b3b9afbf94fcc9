package app.turnout.platform.http;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Binds `If-Match`.
@Singleton
final class ExpectedVersionBinder implements TypedRequestArgumentBinder<ExpectedVersion> {
  private static final Argument<ExpectedVersion> TYPE = Argument.of(ExpectedVersion.class);

  @Override
  public Argument<ExpectedVersion> argumentType() {
    return TYPE;
  }

  @Override
  public BindingResult<ExpectedVersion> bind(
      ArgumentConversionContext<ExpectedVersion> context, HttpRequest<?> request) {
    String given = request.getHeaders().get(HttpHeaders.IF_MATCH);
    if (given == null || given.isBlank()) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          "If-Match is needed, with the ETag of what was read before");
    }
    ExpectedVersion expected =
        given.strip().equals("*")
            ? ExpectedVersion.ANY
            : new ExpectedVersion(
                EntityTag.parseList(given)
                    .orElseThrow(
                        () ->
                            ProblemException.invalidParameter(
                                HttpHeaders.IF_MATCH,
                                "format",
                                "must be * or entity tags in double quotes")));
    return () -> Optional.of(expected);
  }
}
