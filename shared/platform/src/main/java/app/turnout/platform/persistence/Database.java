package app.turnout.platform.persistence;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// PostgreSQL, one transaction a call. A transaction is bound to the thread that opened it, and
/// whatever runs inside finds it by [#handle()]: what is returned commits, what is thrown rolls back.
@Singleton
public final class Database {
  private static final ScopedValue<Handle> CURRENT = ScopedValue.newInstance();

  private final Jdbi jdbi;
  private final ConstraintProblems constraintProblems;

  Database(DataSource dataSource, List<ConstraintProblem> constraintProblems) {
    this.jdbi = Jdbi.create(dataSource);
    this.jdbi.getConfig(org.jdbi.v3.core.statement.SqlStatements.class).setUnusedBindingAllowed(true);
    this.constraintProblems = new ConstraintProblems(constraintProblems);
  }

  /// Runs in a transaction of its own, or in the one that is open. A broken constraint that an area
  /// has a problem for is thrown as that problem.
  public <T> T inTransaction(Supplier<T> work) {
    if (CURRENT.isBound()) {
      return work.get();
    }
    try {
      return jdbi.inTransaction(
          handle -> {
            Callable<T> call = work::get;
            return ScopedValue.where(CURRENT, handle).call(call::call);
          });
    } catch (RuntimeException e) {
      throw constraintProblems.translate(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// Runs in a transaction of its own, or in the one that is open.
  public void run(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return true;
        });
  }

  /// The open transaction. Throws IllegalStateException when there is none.
  public Handle handle() {
    if (!CURRENT.isBound()) {
      throw new IllegalStateException("No transaction is open");
    }
    return CURRENT.get();
  }
}
