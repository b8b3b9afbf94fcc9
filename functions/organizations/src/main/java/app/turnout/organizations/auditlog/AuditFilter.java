package app.turnout.organizations.auditlog;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which entries are asked for; what is null is any.
record AuditFilter(
    @Nullable UUID actor,
    @Nullable UUID subject,
    @Nullable String subjectKind,
    @Nullable String action,
    @Nullable OffsetDateTime from,
    @Nullable OffsetDateTime to) {}
