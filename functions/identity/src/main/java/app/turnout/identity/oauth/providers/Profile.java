package app.turnout.identity.oauth.providers;

import app.turnout.identity.accounts.EmailAddress;

/// Somebody whom a provider knows.
///
/// @param subject the provider's own id of its account, which never changes
/// @param email that the provider has verified
/// @param name as people call them; not blank, at most 200 characters
public record Profile(Provider provider, String subject, EmailAddress email, String name) {
  private static final int LONGEST_NAME = 200;

  public Profile {
    String clean = name.replaceAll("\\p{Cntrl}", " ").strip();
    String given = clean.isEmpty() ? email.value().substring(0, email.value().indexOf('@')) : clean;
    name =
        given.codePointCount(0, given.length()) <= LONGEST_NAME
            ? given
            : given.substring(0, given.offsetByCodePoints(0, LONGEST_NAME));
  }

  @Override
  public String toString() {
    return provider.wire();
  }
}
