package app.turnout.bench;

import java.util.Locale;

/// What a million pings cost on AWS, by the list prices of us-east-1 (N. Virginia) without any free
/// tier, as of November 2026, and what was measured here.
///
/// Prices: API Gateway HTTP API 1.00 $ a million requests (up to 512 KB each); Lambda on arm64 0.20
/// $ a million requests and 0.0000133334 $ a GB-second; SQS standard queues 0.40 $ a million
/// requests (each 64 KB counts); RDS for PostgreSQL db.t4g.medium 0.065 $ an hour and gp3 storage
/// 0.115 $ a GB-month. The database is charged by the share of its time that it is busy with these
/// pings: an instance that idles costs what it costs.
///
/// @param pingsPerRequest in a call of the API, and so in a message
/// @param takeMillis of the function `locations` for a call
/// @param messageBytes of the message in the queue
/// @param messagesPerBatch that the writer gets at once
/// @param writeMillis of the function `location-writer` for a batch
record Costs(
    String how,
    int pingsPerRequest,
    double takeMillis,
    int messageBytes,
    int messagesPerBatch,
    double writeMillis) {
  static final double API_REQUEST = 1.00e-6;
  static final double LAMBDA_REQUEST = 0.20e-6;
  static final double LAMBDA_GB_SECOND = 0.0000133334;
  static final double SQS_REQUEST = 0.40e-6;
  static final int SQS_BYTES = 64 * 1024;
  static final double DATABASE_HOUR = 0.065;
  static final double STORAGE_GB_MONTH = 0.115;

  /// As template.yaml has it.
  static final double TAKE_GB = 1.0;

  static final double WRITE_GB = 1_769 / 1_024.0;

  private static final double MILLION = 1e6;

  /// SQS gives the event source mapping ten messages a request, and takes as many back.
  private static final int MESSAGES_PER_SQS_REQUEST = 10;

  double requests() {
    return MILLION / pingsPerRequest;
  }

  double api() {
    return requests() * API_REQUEST;
  }

  double batches() {
    return messagesPerBatch == 0 ? 0 : requests() / messagesPerBatch;
  }

  double lambda() {
    double calls = requests() + batches();
    double gigabyteSeconds =
        (requests() * takeMillis * TAKE_GB + batches() * writeMillis * WRITE_GB) / 1_000;
    return calls * LAMBDA_REQUEST + gigabyteSeconds * LAMBDA_GB_SECOND;
  }

  /// Sent, received and deleted.
  double queue() {
    if (messagesPerBatch == 0) {
      return 0;
    }
    double chunks = Math.ceil((double) messageBytes / SQS_BYTES);
    return requests() * (chunks + 2 * chunks / MESSAGES_PER_SQS_REQUEST) * SQS_REQUEST;
  }

  /// While a function waits for the database, that is busy, at most; the writer waits for nothing
  /// else.
  double database() {
    double seconds =
        (messagesPerBatch == 0 ? requests() * takeMillis : batches() * writeMillis) / 1_000;
    return seconds / 3_600 * DATABASE_HOUR;
  }

  double sum() {
    return api() + lambda() + queue() + database();
  }

  static String head() {
    return String.format(
        Locale.ROOT,
        "%-36s %9s %9s %9s %9s %9s%n",
        "dollars a million pings",
        "API",
        "Lambda",
        "SQS",
        "database",
        "all");
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-36s %9.3f %9.3f %9.3f %9.3f %9.3f%n",
        how,
        api(),
        lambda(),
        queue(),
        database(),
        sum());
  }
}
