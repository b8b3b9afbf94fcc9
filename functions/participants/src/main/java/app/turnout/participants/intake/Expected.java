package app.turnout.participants.intake;

import app.turnout.domain.OccurrenceId;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.persistence.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who is expected at a date, as far as somebody given might be the same: by phone, and by e-mail
/// address whatever its case. It stays right as long as nobody else adds any, see
/// `Attendance.placesLeft`.
public final class Expected {
  private final Map<String, UUID> phones = new HashMap<>();
  private final Map<String, UUID> emails = new HashMap<>();

  private Expected() {}

  /// Somebody who is there already.
  ///
  /// @param field by which: `phone` or `email`
  public record Twin(UUID id, String field) {}

  /// Those who have a phone or an address of somebody given.
  public static Expected among(
      Database database, OccurrenceId occurrence, Collection<ParticipantDetails> given) {
    Expected expected = new Expected();
    List<String> phones = all(given, ParticipantDetails::phone);
    List<String> emails = all(given, Expected::email);
    if (phones.isEmpty() && emails.isEmpty()) {
      return expected;
    }
    // Two searches, an index each.
    database
        .handle()
        .createQuery(
            """
            select id, phone, null as email
            from participants
            where occurrence_id = :occurrence
              and phone = any(:phones)
            union all
            select id, null, lower(email)
            from participants
            where occurrence_id = :occurrence
              and lower(email) = any(:emails)
            order by id
            """)
        .bind("occurrence", occurrence.value())
        .bindArray("phones", String.class, phones)
        .bindArray("emails", String.class, emails)
        .map(
            (row, context) -> {
              expected.add(
                  row.getObject("id", UUID.class), row.getString("phone"), row.getString("email"));
              return true;
            })
        .list();
    return expected;
  }

  private static List<String> all(
      Collection<ParticipantDetails> given, Function<ParticipantDetails, @Nullable String> part) {
    return given.stream().map(part).filter(Objects::nonNull).distinct().toList();
  }

  /// From now on, these are there too.
  public void add(UUID id, ParticipantDetails details) {
    add(id, details.phone(), email(details));
  }

  private void add(UUID id, @Nullable String phone, @Nullable String email) {
    if (phone != null) {
      phones.putIfAbsent(phone, id);
    }
    if (email != null) {
      emails.putIfAbsent(email, id);
    }
  }

  /// Who has the same phone, or else the same address.
  public Optional<Twin> find(ParticipantDetails details) {
    Optional<Twin> same = findByPhone(details);
    return same.isPresent() ? same : findByEmail(details);
  }

  /// Who has the same phone.
  public Optional<Twin> findByPhone(ParticipantDetails details) {
    return find(phones, details.phone(), "phone");
  }

  /// Who has the same address.
  public Optional<Twin> findByEmail(ParticipantDetails details) {
    return find(emails, email(details), "email");
  }

  private static Optional<Twin> find(
      Map<String, UUID> known, @Nullable String value, String field) {
    return value == null
        ? Optional.empty()
        : Optional.ofNullable(known.get(value)).map(id -> new Twin(id, field));
  }

  private static @Nullable String email(ParticipantDetails details) {
    return details.email() == null ? null : details.email().toLowerCase(Locale.ROOT);
  }
}
