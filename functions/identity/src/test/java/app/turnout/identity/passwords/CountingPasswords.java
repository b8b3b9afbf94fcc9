package app.turnout.identity.passwords;

import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Counts what takes long.
@Singleton
@Replaces(Passwords.class)
public class CountingPasswords extends Passwords {
  private final AtomicInteger hashes = new AtomicInteger();

  CountingPasswords(PasswordSettings cost) {
    super(cost);
  }

  public int hashes() {
    return hashes.get();
  }

  @Override
  public String hash(String password) {
    hashes.incrementAndGet();
    return super.hash(password);
  }

  @Override
  public boolean matches(String password, @Nullable String stored) {
    if (stored != null) {
      hashes.incrementAndGet();
    }
    return super.matches(password, stored);
  }
}
