package app.turnout.events.tickettypes;

import app.turnout.domain.EventId;
import app.turnout.domain.Money;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TicketTypeId;
import app.turnout.events.Catalogue;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes ticket types, changes and deletes them, under the lock of their event. All throw
/// ProblemException: `not_found`, `illegal_status_change` or `conflict` when the event is over or
/// archived, and `invalid_fields` naming each field that does not fit the others.
@Singleton
public final class KeepTicketTypes {
  private static final int MOST_AN_EVENT = 50;
  private static final int MAX_PER_BOOKING = 10;

  private final TicketTypeRepository ticketTypes;
  private final Catalogue catalogue;
  private final AuditLog auditLog;
  private final Ids ids;
  private final InstantSource time;

  KeepTicketTypes(
      TicketTypeRepository ticketTypes,
      Catalogue catalogue,
      AuditLog auditLog,
      Ids ids,
      InstantSource time) {
    this.ticketTypes = ticketTypes;
    this.catalogue = catalogue;
    this.auditLog = auditLog;
    this.ids = ids;
    this.time = time;
  }

  /// Throws `conflict` too, where the event has as many as it may.
  TicketType create(OrganizationId organization, EventId event, TicketTypeRequest request) {
    Instant now = time.instant();
    mustBeOpen(event, now);
    List<TicketType> present = ticketTypes.listAll(event);
    if (present.size() >= MOST_AN_EVENT) {
      throw new ProblemException(
          ProblemType.CONFLICT, "An event has at most " + MOST_AN_EVENT + " ticket types");
    }
    TicketType type =
        typed(
            new TicketTypeId(ids.next()),
            event,
            request,
            price(request, present),
            new Kept(afterAll(present), null, now, now, 1));
    ticketTypes.insert(organization, type);
    catalogue.refresh(event);
    record(organization, "ticket_type.created", type.id(), null, TicketTypeResponse.of(type));
    return type;
  }

  /// Throws `precondition_failed` too.
  ///
  /// @param change from what it is to what it is to be
  TicketType update(
      OrganizationId organization,
      EventId event,
      TicketTypeId id,
      ExpectedVersion expected,
      UnaryOperator<TicketTypeRequest> change) {
    Instant now = time.instant();
    mustBeOpen(event, now);
    List<TicketType> present = ticketTypes.listAll(event);
    TicketType before =
        present.stream()
            .filter(type -> type.id().equals(id))
            .findFirst()
            .orElseThrow(() -> ProblemException.notFound("ticket type"));
    expected.mustBe(before.version());
    TicketTypeRequest wanted = change.apply(TicketTypeRequest.of(before));
    List<TicketType> others =
        present.stream().filter(Predicate.not(type -> type.id().equals(id))).toList();
    TicketType after =
        typed(
            id,
            event,
            wanted,
            price(wanted, others),
            new Kept(
                afterAll(others),
                before.archivedAt(),
                before.createdAt(),
                now,
                before.version() + 1));
    ticketTypes.update(after);
    catalogue.refresh(event);
    record(
        organization,
        "ticket_type.updated",
        id,
        TicketTypeRequest.of(before),
        TicketTypeRequest.of(after));
    return after;
  }

  /// Throws `precondition_failed` too, where a version is expected.
  void delete(
      OrganizationId organization, EventId event, TicketTypeId id, ExpectedVersion expected) {
    mustBeOpen(event, time.instant());
    TicketType type =
        ticketTypes.find(event, id).orElseThrow(() -> ProblemException.notFound("ticket type"));
    expected.mustBe(type.version());
    ticketTypes.delete(id);
    catalogue.refresh(event);
    record(organization, "ticket_type.deleted", id, TicketTypeResponse.of(type), null);
  }

  /// Gives a draft what can be booked of another event, but what is archived.
  ///
  /// @param shift how much later it is sold
  public void copy(OrganizationId organization, EventId from, EventId to, Duration shift) {
    Instant now = time.instant();
    for (TicketType type : ticketTypes.listAll(from)) {
      if (!type.isArchived()) {
        TicketType copy = type.copied(new TicketTypeId(ids.next()), to, shift, now);
        ticketTypes.insert(organization, copy);
        record(organization, "ticket_type.created", copy.id(), null, TicketTypeResponse.of(copy));
      }
    }
  }

  private void mustBeOpen(EventId event, Instant now) {
    TicketTypeRepository.EventState state =
        ticketTypes.lockEvent(event, now).orElseThrow(() -> ProblemException.notFound("event"));
    if (state.isArchived()) {
      throw new ProblemException(ProblemType.CONFLICT, "The event is archived");
    }
    if (state.isOver()) {
      throw new ProblemException(
          ProblemType.ILLEGAL_STATUS_CHANGE, "The event is over or cancelled, and stays as it is");
    }
  }

  /// What the caller does not say.
  private record Kept(
      int position,
      @Nullable Instant archivedAt,
      Instant createdAt,
      Instant updatedAt,
      long version) {}

  private static TicketType typed(
      TicketTypeId id, EventId event, TicketTypeRequest request, Money price, Kept kept) {
    boolean archived = Boolean.TRUE.equals(request.archived());
    return new TicketType(
        id,
        event,
        request.name().strip(),
        request.description(),
        price,
        request.quantity(),
        instant(request.salesFrom()),
        instant(request.salesUntil()),
        Objects.requireNonNullElse(request.maxPerBooking(), MAX_PER_BOOKING),
        Objects.requireNonNullElse(request.position(), kept.position()),
        archived ? Objects.requireNonNullElse(kept.archivedAt(), kept.updatedAt()) : null,
        kept.createdAt(),
        kept.updatedAt(),
        kept.version());
  }

  /// What it costs; throws where that, or something else, does not fit.
  private static Money price(TicketTypeRequest request, List<TicketType> others) {
    List<FieldError> errors = new ArrayList<>();
    if (request.salesFrom() != null
        && request.salesUntil() != null
        && !request.salesUntil().isAfter(request.salesFrom())) {
      errors.add(new FieldError("sales_until", "after", "must be after sales_from"));
    }
    Currency currency = Money.findCurrency(request.price().currency()).orElse(null);
    if (currency == null) {
      errors.add(
          new FieldError("price.currency", "currency", "must be a currency's code (ISO 4217)"));
    } else if (!Boolean.TRUE.equals(request.archived())) {
      others.stream()
          .filter(type -> !type.isArchived() && !type.price().currency().equals(currency))
          .findFirst()
          .ifPresent(
              type ->
                  errors.add(
                      new FieldError(
                          "price.currency",
                          "one_currency",
                          "must be "
                              + type.price().currency().getCurrencyCode()
                              + ", as of the event's other ticket types")));
    }
    if (!errors.isEmpty() || currency == null) {
      throw ProblemException.invalidFields(errors);
    }
    return new Money(request.price().amount(), currency);
  }

  private static int afterAll(List<TicketType> types) {
    return types.stream().mapToInt(type -> type.position() + 1).max().orElse(0);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private void record(
      OrganizationId organization,
      String action,
      TicketTypeId id,
      @Nullable Object before,
      @Nullable Object after) {
    auditLog.record(new AuditEntry(organization, action, "ticket_type", id.value(), before, after));
  }
}
