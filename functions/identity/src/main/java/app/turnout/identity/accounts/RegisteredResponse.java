package app.turnout.identity.accounts;

import io.micronaut.serde.annotation.Serdeable;

/// Says nothing, so that it says nothing of whether the address was taken.
@Serdeable
record RegisteredResponse() {}
