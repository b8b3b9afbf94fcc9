package app.turnout.participants.guestlist.imports;

/// How far an import is.
enum ImportStatus {
  /// Parts are taken.
  UPLOADING,

  /// Started; its first rows are still to come.
  WAITING,
  WORKING,
  COMPLETED,

  /// It came to an end before the file did.
  FAILED
}
