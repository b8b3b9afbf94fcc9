package app.turnout.platform.erasure;

import org.jspecify.annotations.Nullable;

/// Who is to be erased: whoever has this address, or this phone.
///
/// @param email in lower case
/// @param phone E.164
public record Person(@Nullable String email, @Nullable String phone) {
  public Person {
    if (email == null && phone == null) {
      throw new IllegalArgumentException("Nobody is meant");
    }
  }
}
