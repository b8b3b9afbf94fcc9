package app.turnout.runner.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A mail that was taken.
///
/// @param id counts from one
/// @param to the recipient of the envelope; a mail to several is there for each
/// @param receivedAt in product time
record Mail(
    long id,
    String to,
    String from,
    String subject,
    @Nullable String text,
    @Nullable String html,
    Instant receivedAt) {}
