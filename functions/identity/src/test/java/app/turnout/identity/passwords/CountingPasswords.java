package app.turnout.identity.passwords;

import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Counts what takes long, and lets something else happen in that time.
@Singleton
@Replaces(Passwords.class)
public class CountingPasswords extends Passwords {
  private final AtomicInteger hashes = new AtomicInteger();

  private final AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();

  CountingPasswords(PasswordSettings cost) {
    super(cost);
  }

  public int hashes() {
    return hashes.get();
  }

  /// Happens once, by another thread, while a password is hashed or compared the next time.
  public void meanwhile(Runnable work) {
    meanwhile.set(work);
  }

  private void takeTime() {
    hashes.incrementAndGet();
    Runnable work = meanwhile.getAndSet(null);
    if (work != null) {
      CompletableFuture.runAsync(work).join();
    }
  }

  @Override
  public String hash(String password) {
    takeTime();
    return super.hash(password);
  }

  @Override
  public boolean matches(String password, @Nullable String stored) {
    if (stored != null) {
      takeTime();
    }
    return super.matches(password, stored);
  }
}
