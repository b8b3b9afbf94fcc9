package app.turnout.runner;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Signs requests, as a store wants it.
@FunctionalInterface
public interface RequestSigner {
  /// For a store on this machine, which asks for a signature but does not look at it.
  RequestSigner LOCAL =
      (_, _, headers, _) -> {
        Map<String, String> signed = new java.util.LinkedHashMap<>(headers);
        signed.put(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/local/aws4_request,"
                + " SignedHeaders=host, Signature=none");
        return signed;
      };

  /// The headers of a `POST` and those that sign it.
  ///
  /// @param service as signatures name it, such as `sqs`
  /// @throws IOException when there is nothing to sign with any more
  Map<String, String> sign(String service, URI endpoint, Map<String, String> headers, byte[] body)
      throws IOException;
}
