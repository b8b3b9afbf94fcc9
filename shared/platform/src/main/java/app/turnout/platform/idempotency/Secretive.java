package app.turnout.platform.idempotency;

/// An answer with a secret in it, which must not be kept.
public interface Secretive<T> {
  T withoutSecrets();
}
