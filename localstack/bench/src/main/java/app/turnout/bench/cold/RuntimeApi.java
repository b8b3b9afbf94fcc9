package app.turnout.bench.cold;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lambda's Runtime API for one process: one event, then none, and the way in and out of a
/// snapshot.
final class RuntimeApi implements AutoCloseable {
  private static final String VERSION = "/2018-06-01/runtime";
  private static final long PATIENCE_SECONDS = 60;

  private final byte[] event;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch restore = new CountDownLatch(1);
  private final CountDownLatch beforeRestore = new CountDownLatch(1);
  private final CountDownLatch idle = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean given;

  /// What a process said.
  ///
  /// @param nanos by `System.nanoTime()`, when its last byte was there
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Answer(boolean isResponse, byte[] body, long nanos) {}

  private RuntimeApi(byte[] event, HttpServer server) {
    this.event = event;
    this.server = server;
  }

  static RuntimeApi start(byte[] event) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RuntimeApi api = new RuntimeApi(event, server);
    server.setExecutor(api.threads);
    server.createContext(VERSION + "/invocation/next", api::next);
    server.createContext(VERSION + "/invocation/", api::answered);
    server.createContext(VERSION + "/init/error", api::answered);
    server.createContext(VERSION + "/restore/next", api::restored);
    server.createContext(VERSION + "/restore/error", api::answered);
    server.start();
    return api;
  }

  /// As `AWS_LAMBDA_RUNTIME_API` has it.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// The first answer.
  Answer answer() throws InterruptedException, TimeoutException {
    Answer answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new TimeoutException("no answer within " + PATIENCE_SECONDS + " s");
    }
    return answer;
  }

  /// Waits until the process asks for its second event.
  void awaitIdle() throws InterruptedException, TimeoutException {
    await(idle);
  }

  /// Waits until the process may be frozen.
  void awaitSnapshot() throws InterruptedException, TimeoutException {
    await(beforeRestore);
  }

  /// The snapshot is restored.
  void restore() {
    restore.countDown();
  }

  private static void await(CountDownLatch latch) throws InterruptedException, TimeoutException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("not ready within " + PATIENCE_SECONDS + " s");
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    synchronized (this) {
      if (given) {
        idle.countDown();
      } else {
        given = true;
        var headers = exchange.getResponseHeaders();
        // Without a type, the client's native half ends the process.
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
        headers.set(
            "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 29_000));
        headers.set(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:eu-central-1:000000000000:function:cold");
        reply(exchange, 200, event);
        return;
      }
    }
    waitFor(ended);
    exchange.close();
  }

  private void answered(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    long now = System.nanoTime();
    answers.add(new Answer(exchange.getRequestURI().getPath().endsWith("/response"), body, now));
    reply(exchange, 202, new byte[0]);
  }

  private void restored(HttpExchange exchange) throws IOException {
    beforeRestore.countDown();
    waitFor(restore);
    reply(exchange, 200, new byte[0]);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    ended.countDown();
    restore.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
