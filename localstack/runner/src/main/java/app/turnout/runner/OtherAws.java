package app.turnout.runner;

import java.net.URI;

/// An AWS in place of the runner's own queues and tables.
public sealed interface OtherAws {
  /// One server that speaks SQS and DynamoDB and looks at nobody's keys, such as LocalStack. What
  /// is in it may be anybody's.
  ///
  /// @param endpoint where it is
  record Emulator(URI endpoint) implements OtherAws {}

  /// AWS itself, in the account and region that this machine is logged in to. The runner makes what
  /// it needs under names of its own, and may delete that again.
  record Itself() implements OtherAws {}
}
