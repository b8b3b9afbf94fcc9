package app.turnout.bench.cold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;

/// The same as [BareMain] under the runtime interface client, to see what that takes.
public final class BareFunction implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      String found =
          BareMain.select(
              Objects.requireNonNull(System.getenv("BARE_URL")),
              Objects.requireNonNull(System.getenv("BARE_STATEMENT")));
      output.write(
          ("{\"statusCode\":200,\"body\":\"" + found + "\"}").getBytes(StandardCharsets.UTF_8));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
