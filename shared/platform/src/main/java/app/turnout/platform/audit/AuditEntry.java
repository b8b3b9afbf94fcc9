package app.turnout.platform.audit;

import app.turnout.domain.OrganizationId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that was done.
///
/// @param organization where; null for what concerns an account or the platform only
/// @param action what, subject first: `member.role_changed`
/// @param subjectKind what it was done to: `member`
/// @param before the fields that changed, as they were: a map or a serializable record of wire
///   values, without secrets; null when there was nothing
/// @param after the same fields as they are; null when there is nothing any more
public record AuditEntry(
    @Nullable OrganizationId organization,
    String action,
    String subjectKind,
    UUID subjectId,
    @Nullable Object before,
    @Nullable Object after) {}
