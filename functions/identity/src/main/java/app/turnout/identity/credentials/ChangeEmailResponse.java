package app.turnout.identity.credentials;

import io.micronaut.serde.annotation.Serdeable;

/// Says nothing, so that it says nothing of whether the address has an account.
@Serdeable
record ChangeEmailResponse() {}
