package app.turnout.platform.http;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import java.util.Set;

/// `If-Match` of an update (RFC 9110, section 13.1.1): the versions that the caller has seen. An
/// endpoint takes it as an argument: 428 when it is missing, 400 when it is no entity tag.
public final class ExpectedVersion {
  /// Whatever there is.
  static final ExpectedVersion ANY = new ExpectedVersion(Set.of("*"));

  private final Set<String> tags;

  ExpectedVersion(Set<String> tags) {
    this.tags = Set.copyOf(tags);
  }

  public boolean matches(long version) {
    return tags.contains("*") || tags.contains(EntityTag.of(version));
  }

  /// Throws `precondition_failed`, 412, when it is another one. Lock the row before asking.
  public void mustBe(long version) {
    if (!matches(version)) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED, "It has changed since; read it again: If-Match is old");
    }
  }
}
