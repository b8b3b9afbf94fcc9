package app.turnout.stores;

/// The account that the local stores play.
public final class LocalAws {
  /// The region in ARNs and signatures.
  public static final String REGION = "eu-central-1";

  /// The account in ARNs and queue URLs.
  public static final String ACCOUNT = "000000000000";

  private LocalAws() {}
}
