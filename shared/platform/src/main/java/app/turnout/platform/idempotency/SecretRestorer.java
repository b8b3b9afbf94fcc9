package app.turnout.platform.idempotency;

/// Derives again what [Secretive#withoutSecrets()] took out of a kept answer.
public interface SecretRestorer<T> {
  Class<T> type();

  T restore(T kept);
}
