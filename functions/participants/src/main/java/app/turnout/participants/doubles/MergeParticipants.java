package app.turnout.participants.doubles;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.participants.guestlist.ChangeConsent;
import app.turnout.participants.guestlist.Participant;
import app.turnout.participants.guestlist.ParticipantRepository;
import app.turnout.participants.guestlist.ParticipantResponse;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.AttendanceMerge;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes one participant of several of a date. The one who stays keeps what is known of them; what
/// is not is filled in. Their status is the strongest of all, and their consent is never wider than
/// each of them gave it.
@Singleton
final class MergeParticipants {
  private static final int LONGEST_NOTE = 4_000;
  private static final int MOST_TAGS = 20;

  private final DoublesRepository doubles;
  private final ParticipantRepository participants;
  private final Attendance attendance;
  private final AttendanceMerge attendanceMerge;
  private final MergeNews news;
  private final ChangeConsent changeConsent;

  MergeParticipants(
      DoublesRepository doubles,
      ParticipantRepository participants,
      Attendance attendance,
      AttendanceMerge attendanceMerge,
      MergeNews news,
      ChangeConsent changeConsent) {
    this.doubles = doubles;
    this.participants = participants;
    this.attendance = attendance;
    this.attendanceMerge = attendanceMerge;
    this.news = news;
    this.changeConsent = changeConsent;
  }

  Participant merge(OrganizationId organization, ParticipantId id, List<UUID> from, Instant now) {
    doubles.lock(Stream.concat(Stream.of(id.value()), from.stream()).toList());
    Participant kept =
        participants.find(id).orElseThrow(() -> ProblemException.notFound("participant"));
    List<Participant> going = going(kept, from);
    List<Participant> all = Stream.concat(Stream.of(kept), going.stream()).toList();

    attendanceMerge.merge(id, details(all), from, now);
    restrictConsent(organization, kept, going);
    doubles.moveLinks(from, id);
    List<UUID> members = doubles.rosterMembers(from);
    List<UUID> own = doubles.rosterMembers(List.of(id.value()));
    from.forEach(each -> participants.forgetBelongings(new ParticipantId(each)));
    attendance.forget(from);
    if (own.isEmpty() && !members.isEmpty()) {
      attendanceMerge.adopt(id, members.getFirst());
      members = members.subList(1, members.size());
    }
    doubles.rememberAbsences(members, kept.occurrence());
    Participant merged = participants.get(id);
    news.merged(
        organization,
        id,
        all.stream().map(ParticipantResponse::of).toList(),
        ParticipantResponse.of(merged));
    return merged;
  }

  private List<Participant> going(Participant kept, List<UUID> from) {
    List<FieldError> errors = new ArrayList<>();
    List<Participant> going = new ArrayList<>();
    Set<UUID> seen = new HashSet<>(Set.of(kept.id().value()));
    for (int i = 0; i < from.size(); i++) {
      String field = "from[" + i + "]";
      Participant each = participants.find(new ParticipantId(from.get(i))).orElse(null);
      if (!seen.add(from.get(i))) {
        errors.add(new FieldError(field, "unique", "must name each participant once"));
      } else if (each == null) {
        errors.add(new FieldError(field, "exists", "must be a participant"));
      } else if (!each.occurrence().equals(kept.occurrence())) {
        errors.add(new FieldError(field, "same_date", "must be a participant of the same date"));
      } else {
        going.add(each);
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
    return going;
  }

  private static ParticipantDetails details(List<Participant> all) {
    ParticipantDetails kept = all.getFirst().details();
    Set<String> notes = new LinkedHashSet<>();
    Set<String> tags = new LinkedHashSet<>();
    for (Participant each : all) {
      if (each.details().note() != null) {
        notes.add(each.details().note());
      }
      tags.addAll(each.details().tags());
    }
    String note = String.join("\n", notes);
    List<FieldError> errors = new ArrayList<>();
    if (note.length() > LONGEST_NOTE) {
      errors.add(
          new FieldError(
              "from", "max_length", "must have notes of at most 4000 characters together"));
    }
    if (tags.size() > MOST_TAGS) {
      errors.add(new FieldError("from", "max_items", "must have at most 20 tags together"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
    return new ParticipantDetails(
        kept.name(),
        first(all, ParticipantDetails::phone),
        first(all, ParticipantDetails::email),
        kept.locale(),
        note.isEmpty() ? null : note,
        List.copyOf(tags),
        kept.travelMode());
  }

  private static @Nullable String first(
      List<Participant> all, Function<ParticipantDetails, @Nullable String> part) {
    return all.stream()
        .map(each -> part.apply(each.details()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /// Whoever goes and once said no takes the consent of who stays with them; a yes of theirs gives
  /// none.
  private void restrictConsent(
      OrganizationId organization, Participant kept, List<Participant> going) {
    boolean isRefused =
        going.stream()
            .anyMatch(each -> each.consent().changedAt() != null && !each.consent().granted());
    if (kept.consent().granted() && isRefused) {
      changeConsent.change(organization, kept.id(), false);
    }
  }
}
