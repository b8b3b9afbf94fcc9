package app.turnout.platform.http;

import app.turnout.platform.problem.Problem;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the answer of every failure, those that Micronaut handles itself too: one form, one place,
/// one line in the log.
@Singleton
@Primary
final class ProblemAnswers
    implements ErrorResponseProcessor<Problem>, ExceptionHandler<Throwable, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
    return answer(request, problem(request, failure), HttpResponse.ok());
  }

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpRequest<?> request = context.getRequest();
    Optional<Throwable> cause = context.getRootCause();
    ProblemException problem =
        cause.isPresent()
            ? problem(request, cause.get(), response.code())
            : Failures.problem(response.code());
    return answer(request, problem, response);
  }

  private static ProblemException problem(HttpRequest<?> request, Throwable failure, int status) {
    // Micronaut knows of its own failures only the status that it gives them.
    ProblemException problem = problem(request, failure);
    return problem.type().status() == 500 && status < 500 ? Failures.problem(status) : problem;
  }

  private static ProblemException problem(HttpRequest<?> request, Throwable failure) {
    ProblemException problem = Failures.problem(failure);
    if (problem == failure && problem.type().status() >= 500) {
      LOG.warn("{} ended with {}", request.getMethodName(), problem.type().slug());
    } else if (problem.type().status() >= 500) {
      LOG.error("{} failed", request.getMethodName(), failure);
      LOG.debug("The failure in its own words", failure);
    }
    return problem;
  }

  @SuppressWarnings("unchecked")
  private static MutableHttpResponse<Problem> answer(
      HttpRequest<?> request, ProblemException problem, MutableHttpResponse<?> response) {
    ProblemHeaders.of(problem).forEach(response::header);
    return ((MutableHttpResponse<Problem>) response)
        .status(HttpStatus.valueOf(problem.type().status()))
        .contentType(Problem.MEDIA_TYPE)
        .body(Problem.of(problem, RequestId.of(request)));
  }
}
