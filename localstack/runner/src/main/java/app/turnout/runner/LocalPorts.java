package app.turnout.runner;

import app.turnout.stores.Ports;

/// Where everything of the runner's own listens.
record LocalPorts(int front, int postgres, int sqs, int dynamoDb, int smtp, int mailbox) {
  /// The front gets the port it asks for. The rest has ports that are easy to remember, and others
  /// when those are taken; or any at all when the front has any.
  static LocalPorts choose(int front) {
    if (front == 0) {
      return new LocalPorts(
          Ports.free(), Ports.free(), Ports.free(), Ports.free(), Ports.free(), Ports.free());
    }
    return beside(Ports.take(front, "the front (--port)"));
  }

  /// The stores' alone, for functions whose front is somewhere else.
  static LocalPorts beside(int front) {
    return new LocalPorts(
        front,
        Ports.preferably(15432),
        Ports.preferably(9324),
        Ports.preferably(8000),
        Ports.preferably(1025),
        Ports.preferably(8025));
  }
}
