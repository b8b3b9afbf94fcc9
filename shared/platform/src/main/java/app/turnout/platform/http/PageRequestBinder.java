package app.turnout.platform.http;

import app.turnout.platform.problem.ProblemException;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Binds `limit` and `cursor`.
@Singleton
final class PageRequestBinder implements TypedRequestArgumentBinder<PageRequest> {
  private static final Argument<PageRequest> TYPE = Argument.of(PageRequest.class);

  @Override
  public Argument<PageRequest> argumentType() {
    return TYPE;
  }

  @Override
  public BindingResult<PageRequest> bind(
      ArgumentConversionContext<PageRequest> context, HttpRequest<?> request) {
    HttpParameters parameters = request.getParameters();
    String limit = single(parameters, "limit");
    PageRequest page =
        new PageRequest(
            limit == null ? PageRequest.DEFAULT_LIMIT : limit(limit), single(parameters, "cursor"));
    return () -> Optional.of(page);
  }

  private static int limit(String text) {
    // Four digits are over the limit already, and no trouble to read.
    int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > PageRequest.GREATEST_LIMIT) {
      throw ProblemException.invalidParameter(
          "limit", "range", "must be a whole number from 1 to " + PageRequest.GREATEST_LIMIT);
    }
    return limit;
  }

  private static @Nullable String single(HttpParameters parameters, String name) {
    List<String> values = parameters.getAll(name);
    if (values.size() > 1) {
      throw ProblemException.invalidParameter(name, "repeated", "must be given once");
    }
    return values.isEmpty() ? null : values.getFirst();
  }
}
