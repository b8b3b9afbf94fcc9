package app.turnout.participants.guestlist.imports;

/// What becomes of whoever is expected already, by phone or e-mail address.
enum OnDuplicate {
  /// They stay as they are.
  SKIP,

  /// They become as their row says; what is blank there stays as it is.
  UPDATE
}
