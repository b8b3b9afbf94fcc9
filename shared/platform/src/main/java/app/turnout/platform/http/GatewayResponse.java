package app.turnout.platform.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.value.MutableConvertibleValues;
import io.micronaut.core.convert.value.MutableConvertibleValuesMap;
import io.micronaut.function.BinaryTypeConfiguration;
import io.micronaut.http.CaseInsensitiveMutableHttpHeaders;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.ServerCookieEncoder;
import io.micronaut.servlet.http.ServletHttpResponse;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An answer in API Gateway's payload 2.0, which knows one value a header, and cookies beside them.
final class GatewayResponse<B> implements ServletHttpResponse<APIGatewayV2HTTPResponse, B> {
  private final BinaryTypeConfiguration binaryTypes;
  private final MutableHttpHeaders headers;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final MutableConvertibleValues<Object> attributes = new MutableConvertibleValuesMap<>();
  private int status = HttpStatus.OK.getCode();
  private String reason = HttpStatus.OK.getReason();
  private @Nullable B body;

  GatewayResponse(ConversionService conversions, BinaryTypeConfiguration binaryTypes) {
    this.headers = new CaseInsensitiveMutableHttpHeaders(conversions);
    this.binaryTypes = binaryTypes;
  }

  @Override
  public APIGatewayV2HTTPResponse getNativeResponse() {
    Map<String, String> single = new LinkedHashMap<>();
    for (String name : headers.names()) {
      // The length is API Gateway's to tell: it decodes what is in base64.
      if (!name.equalsIgnoreCase(HttpHeaders.SET_COOKIE)
          && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
        single.put(name, String.join(",", headers.getAll(name)));
      }
    }
    List<String> cookies = headers.getAll(HttpHeaders.SET_COOKIE);
    boolean binary =
        bytes.size() > 0
            && (headers.contains(HttpHeaders.CONTENT_ENCODING)
                || binaryTypes.isMediaTypeBinary(headers.getContentType().orElse(null)));
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(single)
        .withCookies(cookies.isEmpty() ? null : List.copyOf(cookies))
        .withIsBase64Encoded(binary)
        .withBody(
            binary
                ? Base64.getEncoder().encodeToString(bytes.toByteArray())
                : bytes.toString(StandardCharsets.UTF_8))
        .build();
  }

  @Override
  public OutputStream getOutputStream() {
    return bytes;
  }

  @Override
  public BufferedWriter getWriter() {
    return new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public MutableHttpResponse<B> cookie(Cookie cookie) {
    ServerCookieEncoder.INSTANCE
        .encode(cookie)
        .forEach(encoded -> headers.add(HttpHeaders.SET_COOKIE, encoded));
    return this;
  }

  @Override
  public MutableHttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public MutableConvertibleValues<Object> getAttributes() {
    return attributes;
  }

  @Override
  public Optional<B> getBody() {
    return Optional.ofNullable(body);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> MutableHttpResponse<T> body(@Nullable T newBody) {
    body = (B) newBody;
    return (MutableHttpResponse<T>) this;
  }

  @Override
  public MutableHttpResponse<B> status(int newStatus, @Nullable CharSequence newReason) {
    status = newStatus;
    reason = newReason == null ? HttpStatus.getDefaultReason(newStatus) : newReason.toString();
    return this;
  }

  @Override
  public int code() {
    return status;
  }

  @Override
  public String reason() {
    return reason;
  }
}
