package app.turnout.organizations.ownership;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.members.Authority;
import app.turnout.organizations.members.RoleLoss;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Permission;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Offers of the organization that the transaction has entered, of which one is open at most.
@Singleton
final class OfferRepository implements RoleLoss {
  private final Database database;
  private final Ids ids;
  private final OwnershipSettings settings;

  OfferRepository(Database database, Ids ids, OwnershipSettings settings) {
    this.database = database;
    this.ids = ids;
    this.settings = settings;
  }

  Offer add(OrganizationId organization, UserId by, UserId to, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            insert into ownership_offers (
              id, organization_id, offered_by, offered_to, created_at, expires_at)
            values (:id, :organization, :by, :to, :now, :expiresAt)
            returning *
            """)
        .bind("id", ids.next())
        .bind("organization", organization.value())
        .bind("by", by.value())
        .bind("to", to.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", now.plus(settings.lifetime()).atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .one();
  }

  /// The one that nothing came of yet, which may have expired.
  Optional<Offer> findUnended(OrganizationId organization) {
    return find(organization, "ended_at is null");
  }

  /// The last one, whatever came of it.
  Optional<Offer> findLast(OrganizationId organization) {
    return find(organization, "true");
  }

  private Optional<Offer> find(OrganizationId organization, String condition) {
    return database
        .handle()
        .createQuery(
            """
            select *
            from ownership_offers
            where organization_id = :organization
              and %s
            order by ended_at desc nulls first
            limit 1
            """
                .formatted(condition))
        .bind("organization", organization.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  void end(Offer offer, Offer.How how, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update ownership_offers
            set ended_at = :now, ended_how = :how
            where organization_id = :organization
              and id = :id
              and ended_at is null
            """)
        .bind("organization", offer.organization().value())
        .bind("id", offer.id())
        .bind("how", how.wire())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /// Only an owner's offer to a member stands.
  @Override
  public void lost(
      OrganizationId organization, UserId user, Optional<Authority> left, Instant now) {
    boolean mayOffer =
        left.isPresent() && Permission.ORGANIZATION_OWN.isGrantedTo(left.get().role());
    findUnended(organization)
        .filter(
            offer ->
                (offer.by().equals(user) && !mayOffer)
                    || (offer.to().equals(user) && left.isEmpty()))
        .ifPresent(offer -> end(offer, Offer.How.LAPSED, now));
  }

  private static Offer read(ResultSet row) throws SQLException {
    String how = row.getString("ended_how");
    return new Offer(
        row.getObject("id", UUID.class),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        new UserId(row.getObject("offered_by", UUID.class)),
        new UserId(row.getObject("offered_to", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        how == null ? null : Offer.How.valueOf(how.toUpperCase(Locale.ROOT)));
  }
}
