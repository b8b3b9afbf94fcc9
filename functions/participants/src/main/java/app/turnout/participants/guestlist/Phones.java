package app.turnout.participants.guestlist;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Phone numbers as people write them, by the numbering plans that libphonenumber knows.
final class Phones {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private Phones() {}

  /// The number as E.164; empty when it is none that can be called from abroad.
  ///
  /// @param country whose national numbers are taken, ISO 3166-1 alpha-2; null for none
  static Optional<String> e164(String text, @Nullable String country) {
    try {
      PhoneNumber number = NUMBERS.parse(text, country);
      return NUMBERS.isValidNumber(number) && !number.hasExtension()
          ? Optional.of(NUMBERS.format(number, PhoneNumberUtil.PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
