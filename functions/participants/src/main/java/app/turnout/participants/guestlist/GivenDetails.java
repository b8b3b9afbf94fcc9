package app.turnout.participants.guestlist;

import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.core.util.StringUtils;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// What somebody wrote of a participant, in the form in which it is stored, with what is wrong
/// about it.
///
/// @param details as far as they can be read, when there are errors
public record GivenDetails(ParticipantDetails details, List<FieldError> errors) {
  private static final int LONGEST_TAG = 50;

  public GivenDetails {
    errors = List.copyOf(errors);
  }

  /// Reads it.
  ///
  /// @param country whose national numbers are taken, ISO 3166-1 alpha-2; null for none
  public static GivenDetails read(UpdateParticipantRequest given, @Nullable String country) {
    List<FieldError> errors = new ArrayList<>();
    String phone = StringUtils.trimToNull(given.phone());
    if (phone != null) {
      Optional<String> e164 = Phones.e164(phone, country);
      if (e164.isEmpty()) {
        errors.add(
            new FieldError(
                "phone",
                "phone",
                country == null
                    ? "must be a phone number with its country's code, as +353871234567"
                    : "must be a phone number of " + country + ", or with its country's code"));
      }
      phone = e164.orElse(null);
    }
    ParticipantDetails details =
        new ParticipantDetails(
            given.name().strip(),
            phone,
            StringUtils.trimToNull(given.email()),
            given.locale(),
            StringUtils.trimToNull(given.note()),
            tags(given.tags(), errors),
            Objects.requireNonNullElse(given.travelMode(), TravelMode.CAR));
    return new GivenDetails(details, errors);
  }

  /// Throws ProblemException, 422, when something is wrong.
  public ParticipantDetails orThrow() {
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
    return details;
  }

  private static List<String> tags(List<String> given, List<FieldError> errors) {
    SequencedSet<String> tags = new LinkedHashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String tag = given.get(i).strip();
      if (tag.isEmpty()) {
        errors.add(new FieldError("tags[" + i + "]", "not_blank", "must not be blank"));
      } else if (tag.length() > LONGEST_TAG) {
        errors.add(
            new FieldError(
                "tags[" + i + "]",
                "max_length",
                "must have at most " + LONGEST_TAG + " characters"));
      } else {
        tags.add(tag);
      }
    }
    return List.copyOf(tags);
  }
}
