package app.turnout.organizations.invitations;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.members.Authority;
import app.turnout.organizations.members.MemberRole;
import app.turnout.organizations.members.RoleLoss;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Invitations of the organization that the transaction has entered, and the way in for who is
/// invited.
@Singleton
final class InvitationRepository implements RoleLoss {
  private static final int FIRST_GENERATION = 1;

  /// Where somebody who is invited comes in.
  ///
  /// @param isAddressee whether it is their verified address; if not, nothing was entered
  record Door(OrganizationId organization, boolean isAddressee) {}

  /// An invitation as the invited person sees it.
  record Own(
      UUID id,
      OrganizationId organization,
      String organizationName,
      MemberRole role,
      @Nullable String invitedByName,
      Instant createdAt,
      Instant expiresAt) {}

  private final Database database;
  private final Ids ids;
  private final DerivedTokens tokens;
  private final InvitationSettings settings;

  InvitationRepository(Database database, Ids ids, Secrets secrets, InvitationSettings settings) {
    this.database = database;
    this.ids = ids;
    this.tokens = new DerivedTokens(secrets.get("invitation-token-key"));
    this.settings = settings;
  }

  /// The id in a token, if we made it.
  Optional<UUID> verify(String token) {
    return tokens
        .verify(token)
        .filter(name -> name.generation() == FIRST_GENERATION)
        .map(DerivedTokens.Name::id);
  }

  /// Lets an invited account enter the organization.
  Optional<Door> enter(UserId user, UUID invitation) {
    return database
        .handle()
        .createQuery(
            """
            select organization_id, is_addressee
            from enter_by_invitation(:user, :invitation)
            """)
        .bind("user", user.value())
        .bind("invitation", invitation)
        .map(
            (row, context) ->
                new Door(
                    new OrganizationId(row.getObject("organization_id", UUID.class)),
                    row.getBoolean("is_addressee")))
        .findOne();
  }

  /// A new one; empty when there is an open one to that address.
  ///
  /// @param locale null for the organization's
  Optional<Invitation> add(
      OrganizationId organization,
      String email,
      MemberRole role,
      @Nullable String locale,
      UserId invitedBy,
      Instant now) {
    UUID id = ids.next();
    return database
        .handle()
        .createQuery(
            """
            insert into invitations (
              id, organization_id, email, role, locale, generation, token_hash, invited_by,
              created_at, sent_at, expires_at)
            select
              :id, o.id, :email, :role, coalesce(cast(:locale as text), o.locale), :generation,
              :tokenHash, :invitedBy, :now, :now, :expiresAt
            from organizations o
            where o.id = :organization
            on conflict (organization_id, lower(email)) where ended_at is null do nothing
            returning *
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("email", email)
        .bind("role", role.wire())
        .bind("locale", locale)
        .bind("generation", FIRST_GENERATION)
        .bind("tokenHash", DerivedTokens.hash(tokens.token(id, FIRST_GENERATION)))
        .bind("invitedBy", invitedBy.value())
        .bind("now", utc(now))
        .bind("expiresAt", utc(now.plus(settings.lifetime())))
        .map((row, context) -> read(row))
        .findOne();
  }

  /// An invitation that has expired makes room for another to the same address.
  void endExpired(OrganizationId organization, String email, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update invitations
            set ended_at = :now, ended_how = 'expired'
            where organization_id = :organization
              and lower(email) = lower(:email)
              and ended_at is null
              and expires_at <= :now
            """)
        .bind("organization", organization.value())
        .bind("email", email)
        .bind("now", utc(now))
        .execute();
  }

  Optional<Invitation> find(OrganizationId organization, UUID id) {
    return find(organization, id, null);
  }

  /// @param token that it must have; null when that does not matter
  Optional<Invitation> find(OrganizationId organization, UUID id, @Nullable String token) {
    return database
        .handle()
        .createQuery(
            """
            select *
            from invitations
            where organization_id = :organization
              and id = :id
              and (cast(:tokenHash as bytea) is null or token_hash = cast(:tokenHash as bytea))
            """)
        .bind("organization", organization.value())
        .bind("id", id)
        .bind("tokenHash", token == null ? null : DerivedTokens.hash(token))
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Those that nothing came of yet, expired ones too, oldest first.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Invitation> list(OrganizationId organization, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select *
            from invitations
            where organization_id = :organization
              and ended_at is null
              and (cast(:after as uuid) is null or id > cast(:after as uuid))
            order by id
            limit :limit
            """)
        .bind("organization", organization.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// The open ones to an account's verified address, whichever organization they are of, oldest
  /// first.
  List<Own> listOwn(UserId user, Instant now, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select *
            from invitations_of(:user, :now, cast(:after as uuid), :limit)
            """)
        .bind("user", user.value())
        .bind("now", utc(now))
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Own(
                    row.getObject("id", UUID.class),
                    new OrganizationId(row.getObject("organization_id", UUID.class)),
                    row.getString("organization_name"),
                    MemberRole.fromWire(row.getString("role")),
                    row.getString("invited_by_name"),
                    instant(row, "created_at"),
                    instant(row, "expires_at")))
        .list();
  }

  /// As good as new, by the same token.
  Invitation renew(Invitation invitation, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            update invitations
            set sent_at = :now, expires_at = :expiresAt
            where organization_id = :organization
              and id = :id
            returning *
            """)
        .bind("organization", invitation.organization().value())
        .bind("id", invitation.id())
        .bind("now", utc(now))
        .bind("expiresAt", utc(now.plus(settings.lifetime())))
        .map((row, context) -> read(row))
        .one();
  }

  void end(Invitation invitation, Invitation.End end, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update invitations
            set ended_at = :now, ended_how = :how, accepted_by = cast(:acceptedBy as uuid)
            where organization_id = :organization
              and id = :id
            """)
        .bind("organization", invitation.organization().value())
        .bind("id", invitation.id())
        .bind("now", utc(now))
        .bind("how", end.how().wire())
        .bind("acceptedBy", end.acceptedBy() == null ? null : end.acceptedBy().value())
        .execute();
  }

  /// Nobody comes in by a role that who invited them could not give any more.
  @Override
  public void lost(
      OrganizationId organization, UserId user, Optional<Authority> left, Instant now) {
    String[] stillGranted =
        Arrays.stream(MemberRole.values())
            .filter(role -> left.isPresent() && left.get().mayGrant(role))
            .map(MemberRole::wire)
            .toArray(String[]::new);
    database
        .handle()
        .createUpdate(
            """
            update invitations
            set ended_at = :now, ended_how = 'revoked'
            where organization_id = :organization
              and invited_by = :user
              and ended_at is null
              and role <> all (:stillGranted)
            """)
        .bind("organization", organization.value())
        .bind("user", user.value())
        .bindArray("stillGranted", String.class, (Object[]) stillGranted)
        .bind("now", utc(now))
        .execute();
  }

  private static Invitation read(ResultSet row) throws SQLException {
    String how = row.getString("ended_how");
    UUID acceptedBy = row.getObject("accepted_by", UUID.class);
    return new Invitation(
        row.getObject("id", UUID.class),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        row.getString("email"),
        MemberRole.fromWire(row.getString("role")),
        row.getString("locale"),
        new UserId(row.getObject("invited_by", UUID.class)),
        instant(row, "created_at"),
        instant(row, "sent_at"),
        instant(row, "expires_at"),
        how == null
            ? null
            : new Invitation.End(
                Invitation.How.valueOf(how.toUpperCase(Locale.ROOT)),
                acceptedBy == null ? null : new UserId(acceptedBy)));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
