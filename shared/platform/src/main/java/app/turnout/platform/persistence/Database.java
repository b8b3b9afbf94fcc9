package app.turnout.platform.persistence;

import jakarta.inject.Singleton;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ObjectArgument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL, one transaction a call. A transaction is bound to the thread that opened it, and
/// whatever runs inside finds it by [#handle()]: what is returned commits, what is thrown rolls
/// back.
@Singleton
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final ScopedValue<Handle> CURRENT = ScopedValue.newInstance();
  private static final ScopedValue<List<Runnable>> AFTER_COMMIT = ScopedValue.newInstance();

  private final Jdbi jdbi;
  private final ConstraintProblems constraintProblems;

  Database(DataSource dataSource, List<ConstraintProblem> constraintProblems) {
    this.jdbi = Jdbi.create(dataSource);
    this.jdbi.registerArgument(new UuidArguments());
    // No statement has places for Jdbi to fill in other than its parameters.
    this.jdbi
        .getConfig(SqlStatements.class)
        .setTemplateEngine(TemplateEngine.NOP)
        .setSqlParser(new NamedParameters());
    // Exceptions end in logs, and parameters are people's data.
    this.jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    this.constraintProblems = new ConstraintProblems(constraintProblems);
  }

  /// Runs in a transaction of its own, or in the one that is open. A broken constraint that an area
  /// has a problem for is thrown as that problem.
  public <T> T inTransaction(Supplier<T> work) {
    if (CURRENT.isBound()) {
      return work.get();
    }
    List<Runnable> afterCommit = new ArrayList<>();
    T result;
    try {
      result =
          jdbi.inTransaction(
              handle -> {
                Callable<T> call = work::get;
                return ScopedValue.where(CURRENT, handle)
                    .where(AFTER_COMMIT, afterCommit)
                    .call(call::call);
              });
    } catch (RuntimeException e) {
      throw constraintProblems.translate(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    afterCommit.forEach(Database::runAfterCommit);
    return result;
  }

  /// Reads what needs no tenant by one statement, which is its own transaction: no other is spent
  /// on beginning and ending it.
  public <T> T read(Function<Handle, T> statement) {
    return CURRENT.isBound() ? statement.apply(CURRENT.get()) : jdbi.withHandle(statement::apply);
  }

  /// Runs when the open transaction has committed, and not at all when it is rolled back; at once
  /// when none is open. It is too late to fail then: what is thrown goes to the log.
  public void afterCommit(Runnable work) {
    if (AFTER_COMMIT.isBound()) {
      AFTER_COMMIT.get().add(work);
    } else {
      runAfterCommit(work);
    }
  }

  private static void runAfterCommit(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("What was to follow a commit failed", e);
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

  /// Jdbi binds a null UUID as text, which no column of that type takes.
  private static final class UuidArguments extends AbstractArgumentFactory<UUID> {
    UuidArguments() {
      super(Types.OTHER);
    }

    @Override
    protected Argument build(UUID value, ConfigRegistry config) {
      return ObjectArgument.of(value, Types.OTHER);
    }
  }
}
