package app.turnout.identity.credentials;

import io.micronaut.serde.annotation.Serdeable;

/// Says nothing, so that it says nothing of whether there is such an account.
@Serdeable
record ForgotPasswordResponse() {}
