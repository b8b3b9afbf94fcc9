package app.turnout.organizations.auditlog;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that was done in the organization.
///
/// @param actorKind `user`, `super_admin`, `api_key`, `participant` or `system`
/// @param actorId null for `system`
/// @param actorName of the user or the API key, as it is now; null when it is gone
/// @param action subject first: `member.role_changed`
/// @param before the fields that changed, as they were; null when there was nothing
/// @param after the same fields as they became; null when nothing was left
/// @param sourceAddress that the request came from
@Serdeable
record AuditEntryResponse(
    UUID id,
    OffsetDateTime happenedAt,
    String actorKind,
    @Nullable UUID actorId,
    @Nullable String actorName,
    String action,
    String subjectKind,
    UUID subjectId,
    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        @Nullable Map<String, Object> before,
    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        @Nullable Map<String, Object> after,
    @Nullable String sourceAddress,
    @Nullable String userAgent,
    @Nullable String requestId) {}
