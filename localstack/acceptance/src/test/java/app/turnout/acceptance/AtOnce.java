package app.turnout.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does the same with many things, some at a time: the other core waits else for whoever waits for
/// an answer.
final class AtOnce {
  private static final int MOST = 4;

  private AtOnce() {}

  /// The same where nothing comes of it.
  static <T> void forEach(List<T> things, Consumer<T> deed) {
    var _ =
        map(
            things,
            thing -> {
              deed.accept(thing);
              return true;
            });
  }

  /// What comes of each, in their order. All of it is done, also when something throws; then the
  /// first failed assertion is thrown.
  static <T, R> List<R> map(List<T> things, Function<T, R> deed) {
    try (ExecutorService threads = Executors.newFixedThreadPool(MOST)) {
      List<Future<R>> done =
          things.stream().map(thing -> threads.submit(() -> deed.apply(thing))).toList();
      List<R> outcomes = new ArrayList<>();
      for (Future<R> one : done) {
        outcomes.add(one.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
