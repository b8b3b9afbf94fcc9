package app.turnout.runner.queue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Messages on their way to one call.
final class Batch {
  private static final byte[] BEGIN = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

  /// One of them.
  ///
  /// @param json the record of the event
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Message(String id, String receiptHandle, byte[] json) {}

  private final int messageLimit;
  private final int byteLimit;
  private final List<Message> messages = new ArrayList<>();
  private int bytes = BEGIN.length + END.length;

  Batch(int messageLimit, int byteLimit) {
    this.messageLimit = messageLimit;
    this.byteLimit = byteLimit;
  }

  /// Takes a message, unless the batch would have too many or be too big. An empty one takes any.
  boolean take(Message message) {
    int longer = bytes + message.json().length + 1;
    if (!messages.isEmpty() && (messages.size() == messageLimit || longer > byteLimit)) {
      return false;
    }
    messages.add(message);
    bytes = longer;
    return true;
  }

  boolean isFull() {
    return messages.size() == messageLimit;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  int room() {
    return messageLimit - messages.size();
  }

  List<Message> messages() {
    return messages;
  }

  byte[] event() {
    ByteArrayOutputStream event = new ByteArrayOutputStream(bytes);
    event.writeBytes(BEGIN);
    for (int i = 0; i < messages.size(); i++) {
      if (i > 0) {
        event.write(',');
      }
      event.writeBytes(messages.get(i).json());
    }
    event.writeBytes(END);
    return event.toByteArray();
  }
}
