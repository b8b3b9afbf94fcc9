package app.turnout.platform.tracing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// X-Ray's trace header, `Root=1-…;Parent=…;Sampled=1`:
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
///
/// @param root the trace: eight hexadecimal digits of its time, and 24 random ones
/// @param parent the segment that caused what follows
/// @param sampled whether X-Ray keeps the trace; null, or neither 0 nor 1, when that is not decided
public record TraceHeader(String root, @Nullable String parent, @Nullable String sampled) {
  private static final Pattern ROOT = Pattern.compile("(?:Root=|^)(1-[0-9a-f]{8}-[0-9a-f]{24})");
  private static final Pattern PARENT = Pattern.compile("(?:^|;) *Parent=([0-9a-f]{16})");
  private static final Pattern SAMPLED = Pattern.compile("(?:^|;) *Sampled=([01?])");

  /// The header that a text is; nothing when it names no trace. What else it says is left out.
  public static Optional<TraceHeader> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher root = ROOT.matcher(text);
    return root.find()
        ? Optional.of(new TraceHeader(root.group(1), find(PARENT, text), find(SAMPLED, text)))
        : Optional.empty();
  }

  /// The one that Lambda gave the call that this process serves.
  public static Optional<TraceHeader> ofLambda() {
    // Java runtimes have it as a property, which changes with each call; others as a variable.
    return parse(System.getProperty("com.amazonaws.xray.traceHeader"))
        .or(() -> parse(System.getenv("_X_AMZN_TRACE_ID")));
  }

  /// A trace that begins here, for what nobody traced before.
  public static TraceHeader begin(Instant now) {
    // Random by the system's, so that two processes of one snapshot do not begin the same.
    UUID random = UUID.randomUUID();
    return new TraceHeader(
        "1-%08x-%08x%016x"
            .formatted(
                (int) now.getEpochSecond(),
                (int) (random.getMostSignificantBits() >>> 32),
                random.getLeastSignificantBits()),
        null,
        null);
  }

  private static @Nullable String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  /// As it goes through headers and queues.
  @Override
  public String toString() {
    return "Root="
        + root
        + (parent == null ? "" : ";Parent=" + parent)
        + (sampled == null ? "" : ";Sampled=" + sampled);
  }
}
