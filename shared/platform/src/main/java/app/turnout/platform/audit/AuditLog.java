package app.turnout.platform.audit;

import app.turnout.domain.UserId;
import app.turnout.platform.http.RequestId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Role;
import app.turnout.platform.tokens.Ids;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Adds to the audit log, in the open transaction: what is rolled back was not done. From where and
/// by which request is the current request's to tell.
@Singleton
public final class AuditLog {
  private static final int LONGEST_USER_AGENT = 300;

  private final Database database;
  private final CurrentCaller caller;
  private final Ids ids;
  private final JsonMapper json;
  private final InstantSource time;

  AuditLog(Database database, CurrentCaller caller, Ids ids, JsonMapper json, InstantSource time) {
    this.database = database;
    this.caller = caller;
    this.ids = ids;
    this.json = json;
    this.time = time;
  }

  private record Actor(String kind, @Nullable UUID id) {
    static final Actor SYSTEM = new Actor("system", null);
  }

  /// What the caller did. Throws IllegalStateException where an endpoint declares none.
  public void record(AuditEntry entry) {
    write(actor(caller.get()), entry);
  }

  /// What an account did where nobody has to be signed in.
  public void recordAs(UserId account, AuditEntry entry) {
    write(new Actor("user", account.value()), entry);
  }

  /// What a member did where the endpoint let an account into the organization.
  void recordAs(Caller.Member member, AuditEntry entry) {
    write(actor(member), entry);
  }

  /// What nobody asked for: a schedule's or a consumer's work.
  public void recordAsSystem(AuditEntry entry) {
    write(Actor.SYSTEM, entry);
  }

  /// As [#recordAsSystem], of many things at once, in one statement.
  public void recordAllAsSystem(List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    database
        .handle()
        .createUpdate(
            """
            insert into audit_log (
              id, organization_id, actor_kind, action, subject_kind, subject_id, before, after,
              happened_at)
            select e.id, cast(nullif(e.organization, '') as uuid), 'system', e.action,
                   e.subject_kind, e.subject, cast(nullif(e.before, '') as jsonb),
                   cast(nullif(e.after, '') as jsonb), :now
            from unnest(:ids, :organizations, :actions, :kinds, :subjects, :befores, :afters)
              as e (id, organization, action, subject_kind, subject, before, after)
            """)
        .bindArray("ids", UUID.class, entries.stream().map(entry -> ids.next()).toList())
        .bindArray(
            "organizations",
            String.class,
            entries.stream().map(entry -> Objects.toString(entry.organization(), "")).toList())
        .bindArray("actions", String.class, entries.stream().map(AuditEntry::action).toList())
        .bindArray("kinds", String.class, entries.stream().map(AuditEntry::subjectKind).toList())
        .bindArray("subjects", UUID.class, entries.stream().map(AuditEntry::subjectId).toList())
        .bindArray("befores", String.class, texts(entries, AuditEntry::before))
        .bindArray("afters", String.class, texts(entries, AuditEntry::after))
        .bind("now", time.instant().atOffset(ZoneOffset.UTC))
        .execute();
  }

  private List<String> texts(
      List<AuditEntry> entries, Function<AuditEntry, @Nullable Object> fields) {
    return entries.stream()
        .map(entry -> Objects.requireNonNullElse(write(fields.apply(entry)), ""))
        .toList();
  }

  private static Actor actor(Caller caller) {
    return switch (caller) {
      case Caller.User user -> new Actor("user", user.user().value());
      case Caller.Member member ->
          new Actor(
              member.role() == Role.SUPER_ADMIN ? "super_admin" : "user", member.user().value());
      case Caller.ApiKey key -> new Actor("api_key", key.id());
      case Caller.Link link -> new Actor("participant", link.participant().value());
      case Caller.Device device -> new Actor("participant", device.participant().value());
    };
  }

  private void write(Actor actor, AuditEntry entry) {
    Optional<HttpRequest<Object>> request = ServerRequestContext.currentRequest();
    database
        .handle()
        .createUpdate(
            """
            insert into audit_log (
              id, organization_id, actor_kind, actor_id, action, subject_kind, subject_id,
              before, after, happened_at, source_address, user_agent, request_id)
            values (
              :id, :organization, :actorKind, :actor, :action, :subjectKind, :subject,
              cast(:before as jsonb), cast(:after as jsonb), :now, :source, :userAgent, :request)
            """)
        .bind("id", ids.next())
        .bind("organization", entry.organization() == null ? null : entry.organization().value())
        .bind("actorKind", actor.kind())
        .bind("actor", actor.id())
        .bind("action", entry.action())
        .bind("subjectKind", entry.subjectKind())
        .bind("subject", entry.subjectId())
        .bind("before", write(entry.before()))
        .bind("after", write(entry.after()))
        .bind("now", time.instant().atOffset(ZoneOffset.UTC))
        .bind("source", request.map(AuditLog::source).orElse(null))
        .bind("userAgent", request.map(AuditLog::userAgent).orElse(null))
        .bind("request", request.map(RequestId::of).orElse(null))
        .execute();
  }

  private @Nullable String write(@Nullable Object fields) {
    try {
      return fields == null ? null : json.writeValueAsString(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String source(HttpRequest<?> request) {
    return request.getRemoteAddress().getAddress().getHostAddress();
  }

  private static @Nullable String userAgent(HttpRequest<?> request) {
    String given = request.getHeaders().get(HttpHeaders.USER_AGENT);
    return given == null
        ? null
        : StringUtils.trimToNull(
            given.replace('\0', ' ').substring(0, Math.min(given.length(), LONGEST_USER_AGENT)));
  }
}
