package app.turnout.operations;

/// Something outside the functions that requests need.
interface Part {
  /// As it is called in answers.
  String name();

  /// Returns when it answers; throws, whatever its client throws, when it does not.
  void ask();
}
