package app.turnout.bench;

import java.time.Duration;
import java.util.List;

/// How much is measured.
///
/// @param rounds of each measurement, of which each has both sides
/// @param participants whose phones send
/// @param pingsPerCall in a request, and so in a message of the queue
/// @param messagesPerBatch as template.yaml lets the event source mapping make them
/// @param callsPerParticipant in a round
/// @param timesByHttp how many times as many calls a round by HTTP has: the queue's window of a
///   second is in it, once
/// @param pingClients that send at once
/// @param writerWarmUp rounds before those that count
/// @param httpWarmUp the same for pings by HTTP
/// @param readers how many read at once, one measurement each
/// @param readTime of either side in a round
/// @param readWarmUp of either side
/// @param liveTime how long pings are sent while somebody watches
/// @param liveWarmUp the same before it counts
record Parameters(
    int rounds,
    int participants,
    int pingsPerCall,
    int messagesPerBatch,
    int callsPerParticipant,
    int timesByHttp,
    int pingClients,
    int writerWarmUp,
    int httpWarmUp,
    List<Integer> readers,
    Duration readTime,
    Duration readWarmUp,
    Duration liveTime,
    Duration liveWarmUp) {

  static final String HELP =
      """
      localstack/bench/run measures the product beside what bounds it, and prints a table.

        --quick   in about two minutes: fewer and shorter rounds
        --growth  the same work with a million pings stored and with twenty million, instead; it
                  takes about five minutes and 5 GB
        --cold    only how long each HTTP function takes from the start of its process to its first
                  answer, in under ten minutes; with --quick, one function
        --live    only how soon those who watch have pings, in about a minute and a half
        --runner  only how soon localstack/up is ready, and what it takes with all functions
                  loaded, in under two minutes
        --help    show this

      It starts everything that localstack/up starts, on free ports, with data of its own.
      """;

  /// The same with other people.
  Parameters with(int others) {
    return new Parameters(
        rounds,
        others,
        pingsPerCall,
        messagesPerBatch,
        callsPerParticipant,
        timesByHttp,
        pingClients,
        writerWarmUp,
        httpWarmUp,
        readers,
        readTime,
        readWarmUp,
        liveTime,
        liveWarmUp);
  }

  static Parameters full() {
    return new Parameters(
        5,
        100,
        100,
        100,
        10,
        4,
        8,
        4,
        6,
        List.of(1, 8),
        Duration.ofSeconds(2),
        Duration.ofSeconds(8),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }

  static Parameters quick() {
    return new Parameters(
        3,
        100,
        100,
        100,
        2,
        5,
        8,
        2,
        1,
        List.of(1, 8),
        Duration.ofMillis(600),
        Duration.ofSeconds(1),
        Duration.ofSeconds(8),
        Duration.ofSeconds(4));
  }

  int pingsPerRound() {
    return participants * callsPerParticipant * pingsPerCall;
  }

  int importedRows() {
    return callsPerParticipant * 10_000;
  }

  @Override
  public String toString() {
    return """
    Process     one: the front, functions, queues and clients
    Rounds      %d, each floor and product in turn, after warm-up
    Pings       %,d a round: %d participants, %d pings a call or message
    Writer      %d messages a batch, one batch at a time; COPY of the same rows, in text form,
                one transaction a batch, into a table with the same indexes and partitions
    HTTP        %d times as many pings, %d clients at once, until all rows are in the table; floor:
                COPY as above
    Single      one ping a call, as many calls, the same clients; floor: a function that hands the
                same message to the same queue
    Read        GET /api/v1/events/{id} by %s clients, %.1f s a side; floor: Jetty, HikariCP,
                the same statements in a transaction, the same JSON, no token looked at
    Import      %,d rows of CSV in 100 parts, from the start to the last row; COPY as above
    Catalogue   GET /api/v1/catalogue/events by city and price, 20 of 100,000 events, by the same
                clients; floor: Jetty, HikariCP, the same statement, the same JSON
    Recurrence  a year of dates for 1,000 series by one call of the function, 100 events a
                transaction; COPY of the same rows, 10,000 a transaction, into an equal table
    Live        %d pings a second, each phone's of a second in one call, for %d s, to %d watchers
    """
        .formatted(
            rounds,
            pingsPerRound(),
            participants,
            pingsPerCall,
            messagesPerBatch,
            timesByHttp,
            pingClients,
            readers,
            readTime.toMillis() / 1000.0,
            importedRows(),
            LiveBenchmark.PINGS_A_SECOND,
            liveTime.toSeconds(),
            LiveBenchmark.WATCHERS);
  }
}
