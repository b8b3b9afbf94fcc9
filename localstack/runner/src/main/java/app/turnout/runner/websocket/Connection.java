package app.turnout.runner.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/// One client's connection: its messages go to functions, several at once and in no order that is
/// promised, and what is sent to it waits in a buffer of its own.
final class Connection implements FrameHandler {
  /// How many messages of a client are with functions at once.
  private static final int AT_ONCE = 8;

  private static final long OPENING_SECONDS = 2;

  /// How long a client may take to answer that the connection ends.
  private static final long FAREWELL_SECONDS = 3;

  private static final String NOT_SET = "Client-side close frame status not set";

  private final Client client;
  private final Routing routing;
  private final Connections connections;
  private final WebSocketLimits limits;
  private final InstantSource clock;

  private final CountDownLatch opening = new CountDownLatch(1);
  private ByteArrayOutputStream message = new ByteArrayOutputStream();
  private @Nullable CoreSession session;
  private @Nullable Outbound outbound;
  private @Nullable CloseStatus ending;
  private @Nullable Future<?> timer;
  private boolean told;
  private boolean demanded;
  private int handling;
  private volatile Instant lastActive;
  private volatile long lastActiveNanos = System.nanoTime();
  private long openedNanos = System.nanoTime();

  Connection(
      Client client,
      Routing routing,
      Connections connections,
      WebSocketLimits limits,
      InstantSource clock) {
    this.client = client;
    this.routing = routing;
    this.connections = connections;
    this.limits = limits;
    this.clock = clock;
    this.lastActive = client.connectedAt();
  }

  Client client() {
    return client;
  }

  /// Waits for the connection that is being made: the client may know of it before this side does.
  ///
  /// @return whether it is there
  boolean awaitOpen() {
    try {
      return opening.await(OPENING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// When something last passed, in product time.
  Instant lastActive() {
    return lastActive;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    CloseStatus already;
    synchronized (this) {
      already = ending;
      session = opened;
      openedNanos = System.nanoTime();
      outbound = new Outbound(opened, limits, this::passed);
      demanded = true;
    }
    opening.countDown();
    watch();
    callback.succeeded();
    opened.demand();
    if (already != null) {
      sayFarewell(opened, already);
    }
  }

  /// Ends it when it has been idle or there for too long, and looks again when that may be.
  private void watch() {
    long now = System.nanoTime();
    long left =
        Math.min(
            lastActiveNanos + limits.idle().toNanos() - now,
            openedNanos + limits.lifetime().toNanos() - now);
    if (left <= 0) {
      end(CloseStatus.SHUTDOWN, "Going away");
      return;
    }
    synchronized (this) {
      if (ending == null) {
        timer = connections.later(this::watch, left);
      }
    }
  }

  private void passed() {
    lastActive = clock.instant();
    lastActiveNanos = System.nanoTime();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    synchronized (this) {
      demanded = false;
    }
    passed();
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.CONTINUATION -> {
        take(frame);
        callback.succeeded();
        demandMore();
      }
      case OpCode.BINARY -> {
        callback.succeeded();
        end(CloseStatus.BAD_DATA, "Binary is not supported");
        demandMore();
      }
      case OpCode.PING -> pong(frame, callback);
      // Jetty answers it, and there is nothing more to read.
      case OpCode.CLOSE -> callback.succeeded();
      default -> {
        callback.succeeded();
        demandMore();
      }
    }
  }

  /// Reads on when the answer has gone: who asks without reading the answers fills no queue.
  private void pong(Frame ping, Callback callback) {
    CoreSession open;
    synchronized (this) {
      open = session;
    }
    if (open != null) {
      open.sendFrame(
          new Frame(OpCode.PONG, ByteBuffer.wrap(payload(ping))),
          Callback.from(
              () -> {
                callback.succeeded();
                demandMore();
              },
              callback::failed),
          false);
    }
  }

  private static byte[] payload(Frame frame) {
    return frame.hasPayload() ? BufferUtil.toArray(frame.getPayload()) : new byte[0];
  }

  private void take(Frame frame) {
    message.writeBytes(payload(frame));
    if (message.size() > limits.messageBytes()) {
      message = new ByteArrayOutputStream();
      end(CloseStatus.MESSAGE_TOO_LARGE, "Message too long");
    } else if (frame.isFin()) {
      byte[] bytes = message.toByteArray();
      message = new ByteArrayOutputStream();
      text(bytes).ifPresentOrElse(this::handle, () -> end(CloseStatus.BAD_PAYLOAD, "Not UTF-8"));
    }
  }

  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private void handle(String text) {
    synchronized (this) {
      if (ending != null) {
        return;
      }
      handling++;
    }
    connections.run(
        () -> {
          try {
            routing
                .message(client, text)
                .ifPresent(answer -> send(answer.getBytes(StandardCharsets.UTF_8)));
          } finally {
            synchronized (this) {
              handling--;
            }
            demandMore();
          }
        });
  }

  /// A client with too many messages that are not done yet is not read further.
  private void demandMore() {
    CoreSession open;
    synchronized (this) {
      open = session;
      if (open == null || demanded || (ending == null && handling >= AT_ONCE)) {
        return;
      }
      demanded = true;
    }
    open.demand();
  }

  /// Puts a text into the client's buffer. A client that lets its buffer fill up is cut off.
  ///
  /// @return whether it will be sent, if the connection lasts
  boolean send(byte[] text) {
    Outbound open;
    synchronized (this) {
      open = outbound;
      if (open == null || ending != null) {
        return false;
      }
    }
    if (open.offer(text)) {
      return true;
    }
    cutOff();
    return false;
  }

  private void cutOff() {
    CoreSession open;
    synchronized (this) {
      open = session;
      if (open == null || ending != null) {
        return;
      }
      ending = new CloseStatus(CloseStatus.NO_CLOSE, "The client does not read");
    }
    connections.remove(this);
    open.abort();
  }

  /// Ends the connection: politely, and after some seconds in any case.
  void end(int status, String reason) {
    CoreSession open;
    CloseStatus last = new CloseStatus(status, reason);
    synchronized (this) {
      if (ending != null) {
        return;
      }
      ending = last;
      open = session;
    }
    connections.remove(this);
    if (open != null) {
      sayFarewell(open, last);
    }
  }

  private void sayFarewell(CoreSession open, CloseStatus last) {
    var _ = connections.later(open::abort, TimeUnit.SECONDS.toNanos(FAREWELL_SECONDS));
    open.close(last, Callback.NOOP);
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    over(status);
  }

  /// Tells the end to the function of `$disconnect`, once.
  ///
  /// @param status when it was not this side that ended it
  void over(CloseStatus status) {
    CloseStatus last;
    Future<?> watch;
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
      last = ending == null ? status : ending;
      ending = last;
      watch = timer;
    }
    if (watch != null) {
      watch.cancel(false);
    }
    connections.remove(this);
    connections.runLast(this, () -> routing.disconnected(client, last.getCode(), reason(last)));
  }

  private static String reason(CloseStatus status) {
    if (status.getCode() == CloseStatus.NO_CODE) {
      return NOT_SET;
    }
    return status.getReason() == null ? "" : status.getReason();
  }
}
