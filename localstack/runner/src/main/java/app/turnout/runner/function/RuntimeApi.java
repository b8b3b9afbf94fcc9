package app.turnout.runner.function;

import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Lambda's Runtime API, by which a process gets its events and gives its answers, for all
/// processes: each has a path of its own before that of the API.
///
/// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".
final class RuntimeApi implements AutoCloseable {
  /// What a process says and asks.
  interface Client {
    /// Waits for an event; the process is idle until then.
    ///
    /// @throws InterruptedException when there will be none
    Invocation next() throws InterruptedException;

    /// The answer to an event, or the failure that it caused.
    void ended(String requestId, byte[] payload, boolean failed);

    /// The process could not make its handler.
    void didNotStart(byte[] error);
  }

  /// An event on its way to a process.
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Invocation(
      String requestId, String functionArn, long deadlineMillis, String traceId, byte[] event) {}

  private static final String VERSION = "2018-06-01";

  private final Map<String, Client> processes = new ConcurrentHashMap<>();
  private final Server server;
  private final ServerConnector connector;

  private RuntimeApi(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Starts it on any free port of the loopback interface.
  static RuntimeApi start() {
    QueuedThreadPool threads = new QueuedThreadPool(16, 2);
    threads.setName("runtime-api");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    // A process asks for its next event and waits, as long as there is none.
    connector.setIdleTimeout(Long.MAX_VALUE / 2);
    server.addConnector(connector);
    RuntimeApi api = new RuntimeApi(server, connector);
    server.setHandler(api.new Answers());
    try {
      server.start();
      return api;
    } catch (Exception e) {
      throw new RunnerException("the runtime API did not start: " + e.getMessage(), e);
    }
  }

  /// What `AWS_LAMBDA_RUNTIME_API` is for a process from now on.
  String add(String name, Client process) {
    processes.put(name, process);
    return "127.0.0.1:" + connector.getLocalPort() + "/" + name;
  }

  void remove(String name) {
    processes.remove(name);
  }

  @Override
  public void close() {
    try {
      server.setStopTimeout(0);
      server.stop();
    } catch (Exception e) {
      throw new RunnerException("the runtime API does not stop: " + e.getMessage(), e);
    }
  }

  private final class Answers extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      // /<process>/2018-06-01/runtime/invocation/<id>/response
      String[] path = Request.getPathInContext(request).substring(1).split("/", -1);
      Client process = processes.get(path[0]);
      if (process == null || path.length < 5 || !path[1].equals(VERSION)) {
        Response.writeError(request, response, callback, 404);
        return true;
      }
      String last = path[path.length - 1];
      if (path[3].equals("invocation") && last.equals("next")) {
        next(process, response, callback);
        return true;
      }
      byte[] body;
      try (InputStream stream = Content.Source.asInputStream(request)) {
        body = stream.readAllBytes();
      }
      if (path[3].equals("init")) {
        process.didNotStart(body);
      } else {
        process.ended(path[4], body, last.equals("error"));
      }
      write(response, callback, 202, "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
      return true;
    }

    private void next(Client process, Response response, Callback callback) {
      try {
        Invocation invocation = process.next();
        response.getHeaders().put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        response
            .getHeaders()
            .put("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineMillis()));
        response.getHeaders().put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
        response.getHeaders().put("Lambda-Runtime-Trace-Id", invocation.traceId());
        write(response, callback, 200, invocation.event());
      } catch (InterruptedException e) {
        write(response, callback, 410, new byte[0]);
      }
    }

    private static void write(Response response, Callback callback, int status, byte[] body) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }
}
