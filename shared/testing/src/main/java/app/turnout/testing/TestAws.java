package app.turnout.testing;

import app.turnout.container.LocalStack;
import app.turnout.stores.EmbeddedDynamoDb;
import app.turnout.stores.EmbeddedSqs;
import app.turnout.stores.LocalAws;
import java.net.URI;

/// The AWS that tests see: the embedded stores, or LocalStack where this JVM is asked to run there.
final class TestAws {
  private TestAws() {}

  private static final class Sqs {
    static final EmbeddedSqs SERVER = EmbeddedSqs.inMemory();
  }

  private static final class DynamoDb {
    static final EmbeddedDynamoDb SERVER = EmbeddedDynamoDb.inMemory();
  }

  static URI sqs() {
    return LocalStack.isAsked() ? LocalStack.endpoint() : Sqs.SERVER.endpoint();
  }

  static URI dynamoDb() {
    return LocalStack.isAsked() ? LocalStack.endpoint() : DynamoDb.SERVER.endpoint();
  }

  static String region() {
    return LocalAws.REGION;
  }

  static String account() {
    return LocalStack.isAsked() ? LocalStack.account() : LocalAws.ACCOUNT;
  }

  static String accessKey() {
    return LocalStack.isAsked() ? LocalStack.account() : "local";
  }
}
