package app.turnout.stores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.msg.CreateQueue;
import org.elasticmq.msg.RestoreMessages;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;
import scala.util.Right;

/// Stands before ElasticMQ's queues while kept messages are restored. Its database forgets which
/// messages are of FIFO queues, and in which order those of one millisecond came: restored as they
/// are, they would overtake one another.
final class FifoRestore extends AbstractActor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Comparator<InternalMessage> AS_SENT =
      Comparator.comparing(InternalMessage::created).thenComparingLong(FifoRestore::sequence);

  private static long sequence(InternalMessage message) {
    return message.sequenceNumber().isDefined()
        ? Long.parseLong(message.sequenceNumber().get())
        : 0;
  }

  private final ActorRef queues;

  private FifoRestore(ActorRef queues) {
    this.queues = queues;
  }

  /// What to restore to in place of the queues' manager.
  static ActorRef before(ActorRef queues, ActorSystem actors) {
    return actors.actorOf(Props.create(FifoRestore.class, () -> new FifoRestore(queues)));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(CreateQueue.class, request -> request.request().isFifo(), this::create)
        .matchAny(message -> queues.forward(message, getContext()))
        .build();
  }

  private void create(CreateQueue request) {
    ActorSystem actors = getContext().getSystem();
    CompletionStage<Object> made =
        Patterns.ask(queues, request, PATIENCE)
            .thenApply(
                outcome ->
                    outcome instanceof Either<?, ?> either
                            && either.isRight()
                            && either.toOption().get() instanceof ActorRef queue
                        ? new Right<>(
                            actors.actorOf(Props.create(Queue.class, () -> new Queue(queue))))
                        : outcome);
    Patterns.pipe(made, getContext().getDispatcher()).to(getSender());
  }

  /// Before one queue.
  private static final class Queue extends AbstractActor {
    private final ActorRef queue;

    Queue(ActorRef queue) {
      this.queue = queue;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              RestoreMessages.class,
              kept -> queue.forward(new RestoreMessages(ordered(kept)), getContext()))
          .matchAny(message -> queue.forward(message, getContext()))
          .build();
    }

    private static scala.collection.immutable.List<InternalMessage> ordered(RestoreMessages kept) {
      List<InternalMessage> sorted = new ArrayList<>(CollectionConverters.asJava(kept.messages()));
      sorted.sort(AS_SENT);
      List<InternalMessage> ordered = new ArrayList<>();
      for (InternalMessage message : sorted) {
        ordered.add(fifo(message, ordered.size()));
      }
      return CollectionConverters.asScala(ordered).toList();
    }

    private static InternalMessage fifo(InternalMessage message, int order) {
      return new InternalMessage(
          message.id(),
          message.deliveryReceipts(),
          message.nextDelivery(),
          message.content(),
          message.messageAttributes(),
          message.created(),
          order,
          message.firstReceive(),
          message.receiveCount(),
          true,
          message.messageGroupId(),
          message.messageDeduplicationId(),
          message.tracingId(),
          message.sequenceNumber(),
          message.deadLetterSourceQueueName());
    }
  }
}
