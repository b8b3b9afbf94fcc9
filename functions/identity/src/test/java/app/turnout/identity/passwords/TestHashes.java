package app.turnout.identity.passwords;

/// Hashes at any cost.
public final class TestHashes {
  private TestHashes() {}

  public static String hash(String password, int memoryKib, int iterations, int parallelism) {
    return PasswordHash.of(
            password, new byte[16], new PasswordSettings(memoryKib, iterations, parallelism))
        .text();
  }
}
