package app.turnout.bench.cold;

/// What one start took.
///
/// @param seconds from the start of the process, or from its restoring, to its first answer
/// @param cpuSeconds of the process until then, all its threads
/// @param residentMegabytes after the answer
record Start(double seconds, double cpuSeconds, double residentMegabytes) {}
