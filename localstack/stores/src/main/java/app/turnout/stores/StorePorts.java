package app.turnout.stores;

/// Where the stores listen; 0 is any free port.
public record StorePorts(int postgres, int sqs, int dynamoDb) {
  /// Free ports for all.
  public static final StorePorts ANY = new StorePorts(0, 0, 0);
}
