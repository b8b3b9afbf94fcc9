package app.turnout.participants.guestlist;

import io.micronaut.serde.annotation.Serdeable;

/// What a participant without an account acts by.
///
/// @param token goes into `Authorization: Bearer …`
/// @param url the page to give to the participant; it carries the token in its fragment, which is
///   sent to no server
@Serdeable
public record LinkResponse(String token, String url) {}
