package app.turnout.messaging.relay.mail;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whom mails about belonging to an organization go to, as things are when the mail leaves. Names
/// are what people chose: without line breaks, and not too long to be read.
@Singleton
final class Memberships {
  private static final int LONGEST_NAME = 100;

  /// An address that is asked in.
  ///
  /// @param locale of the account with that address, else the one they were invited in
  /// @param inviter null when they are gone
  /// @param isOpen whether nothing came of it yet
  record Invitation(
      String email,
      String locale,
      int generation,
      String organization,
      @Nullable String inviter,
      String role,
      Instant expiresAt,
      boolean isOpen) {}

  /// A member who is offered an owner's place.
  ///
  /// @param isOpen whether nothing came of it yet
  record Offer(
      UUID organizationId,
      String email,
      String locale,
      String organization,
      String giver,
      Instant expiresAt,
      boolean isOpen) {}

  /// Somebody and an organization.
  ///
  /// @param role null when they are no member
  record Membership(String email, String locale, String organization, @Nullable String role) {}

  private final Database database;

  Memberships(Database database) {
    this.database = database;
  }

  Optional<Invitation> findInvitation(UUID invitation) {
    return database
        .handle()
        .createQuery(
            """
            select i.email, coalesce(u.locale, i.locale) as locale, i.generation,
                   o.name as organization, inviter.name as inviter, i.role, i.expires_at,
                   i.ended_at is null as is_open
            from invitations i
            join organizations o on o.id = i.organization_id
            left join users inviter on inviter.id = i.invited_by
            left join users u
              on lower(u.email) = lower(i.email)
              and u.email_verified_at is not null
            where i.id = :invitation
            """)
        .bind("invitation", invitation)
        .map(
            (row, context) ->
                new Invitation(
                    row.getString("email"),
                    row.getString("locale"),
                    row.getInt("generation"),
                    name(row, "organization"),
                    row.getString("inviter") == null ? null : name(row, "inviter"),
                    row.getString("role"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_open")))
        .findOne();
  }

  Optional<Offer> findOffer(UUID offer) {
    return database
        .handle()
        .createQuery(
            """
            select f.organization_id, u.email, u.locale, o.name as organization,
                   giver.name as giver, f.expires_at, f.ended_at is null as is_open
            from ownership_offers f
            join organizations o on o.id = f.organization_id
            join users u on u.id = f.offered_to
            join users giver on giver.id = f.offered_by
            where f.id = :offer
            """)
        .bind("offer", offer)
        .map(
            (row, context) ->
                new Offer(
                    row.getObject("organization_id", UUID.class),
                    row.getString("email"),
                    row.getString("locale"),
                    name(row, "organization"),
                    name(row, "giver"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_open")))
        .findOne();
  }

  Optional<Membership> find(UUID organization, UUID user) {
    return database
        .handle()
        .createQuery(
            """
            select u.email, u.locale, o.name as organization, m.role
            from users u
            cross join organizations o
            left join members m on m.user_id = u.id and m.organization_id = o.id
            where u.id = :user
              and o.id = :organization
            """)
        .bind("user", user)
        .bind("organization", organization)
        .map(
            (row, context) ->
                new Membership(
                    row.getString("email"),
                    row.getString("locale"),
                    name(row, "organization"),
                    row.getString("role")))
        .findOne();
  }

  private static String name(ResultSet row, String column) throws SQLException {
    String name = row.getString(column).replaceAll("\\p{Cntrl}+", " ").strip();
    int end = Math.min(LONGEST_NAME, name.codePointCount(0, name.length()));
    String shown = name.substring(0, name.offsetByCodePoints(0, end));
    return shown.length() < name.length() ? shown + "…" : shown;
  }
}
