package app.turnout.runner;

import app.turnout.runner.mail.Mailbox;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/// The stores alone, for functions that run somewhere else.
final class LocalStores implements AutoCloseable {
  private final Closing closing;
  private final RunningStores stores;
  private final Mailbox mailbox;
  private final Optional<InetAddress> containers;

  LocalStores(
      Closing closing, RunningStores stores, Mailbox mailbox, Optional<InetAddress> containers) {
    this.closing = closing;
    this.stores = stores;
    this.mailbox = mailbox;
    this.containers = containers;
  }

  RunningStores stores() {
    return stores;
  }

  URI mailbox() {
    return mailbox.uri();
  }

  /// The address at which containers find the stores, when that is not the loopback interface.
  Optional<InetAddress> containers() {
    return containers;
  }

  @Override
  public void close() {
    closing.close();
  }
}
