package app.turnout.identity.accounts;

/// What somebody registered with an address that may or may not be theirs.
record Registration(EmailAddress email, String name, String locale, String passwordHash) {}
