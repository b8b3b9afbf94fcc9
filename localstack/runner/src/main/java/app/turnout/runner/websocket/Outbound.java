package app.turnout.runner.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/// What waits for one client, and goes to it as fast as it reads. Nobody who sends waits for it.
final class Outbound extends IteratingCallback {
  private final CoreSession session;
  private final WebSocketLimits limits;
  private final Runnable sent;
  private final Deque<Frame> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private int sending;

  /// @param sent is told of each frame that has gone
  Outbound(CoreSession session, WebSocketLimits limits, Runnable sent) {
    this.session = session;
    this.limits = limits;
    this.sent = sent;
  }

  /// Takes a message of text.
  ///
  /// @return whether there was room for it
  boolean offer(byte[] text) {
    synchronized (this) {
      if (waitingBytes + text.length > limits.bufferBytes()) {
        return false;
      }
      waitingBytes += text.length;
      int from = 0;
      do {
        int length = Math.min(limits.frameBytes(), text.length - from);
        waiting.add(
            new Frame(
                from == 0 ? OpCode.TEXT : OpCode.CONTINUATION,
                from + length == text.length,
                ByteBuffer.wrap(text, from, length)));
        from += length;
      } while (from < text.length);
    }
    iterate();
    return true;
  }

  @Override
  protected Action process() {
    Frame next = next();
    if (next == null) {
      return Action.IDLE;
    }
    session.sendFrame(next, this, false);
    return Action.SCHEDULED;
  }

  private synchronized @Nullable Frame next() {
    Frame next = waiting.poll();
    sending = next == null ? 0 : next.getPayloadLength();
    return next;
  }

  @Override
  protected void onSuccess() {
    synchronized (this) {
      waitingBytes -= sending;
      sending = 0;
    }
    sent.run();
  }
}
