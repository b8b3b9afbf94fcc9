package app.turnout.platform.http;

import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.value.MutableConvertibleValues;
import io.micronaut.core.convert.value.MutableConvertibleValuesMap;
import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.http.CaseInsensitiveMutableHttpHeaders;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.Cookies;
import io.micronaut.http.simple.cookies.SimpleCookies;
import io.micronaut.servlet.http.ParsedBodyHolder;
import io.micronaut.servlet.http.ServletExchange;
import io.micronaut.servlet.http.ServletHttpRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request in API Gateway's payload 2.0, decoded at once, so that what is malformed is a problem
/// before any code of ours runs. Mends Micronaut's own adapter: the event's `cookies`, repeated
/// query parameters and commas in them, paths with spaces (`rawPath` arrives decoded), bodies that
/// are not the base64 they say, bodies in gzip.
final class GatewayRequest<B>
    implements ServletHttpRequest<APIGatewayV2HTTPEvent, B>,
        ServletExchange<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>,
        ServerHttpRequest<B>,
        ParsedBodyHolder<B> {
  private static final String UNRESERVED = "-._~";

  private final APIGatewayV2HTTPEvent event;
  private final GatewayResponse<Object> response;
  private final URI uri;
  private final String method;
  private final MutableHttpHeaders headers;
  private final Cookies cookies;
  private final QueryParameters parameters;
  private final byte[] bytes;
  private final MutableConvertibleValues<Object> attributes = new MutableConvertibleValuesMap<>();
  private @Nullable B body;

  private GatewayRequest(
      APIGatewayV2HTTPEvent event,
      GatewayResponse<Object> response,
      ConversionService conversions,
      byte[] bytes) {
    this.event = event;
    this.response = response;
    this.method = event.getRequestContext().getHttp().getMethod();
    this.headers = headers(event, conversions);
    this.cookies = cookies(event, conversions);
    this.parameters = QueryParameters.decode(event.getRawQueryString(), conversions);
    this.uri = uri(event.getRawPath(), parameters);
    this.bytes = bytes;
  }

  /// The request in this event; [ProblemException] when it cannot be read.
  static GatewayRequest<Object> of(
      APIGatewayV2HTTPEvent event,
      GatewayResponse<Object> response,
      ConversionService conversions,
      long largestBody) {
    if (event.getRequestContext() == null || event.getRequestContext().getHttp() == null) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The event is none of API Gateway's, payload 2.0");
    }
    GatewayRequest<Object> request =
        new GatewayRequest<>(event, response, conversions, bytes(event, largestBody));
    request.requireReadableType();
    return request;
  }

  private static URI uri(@Nullable String path, QueryParameters parameters) {
    String given = path == null || path.isEmpty() ? "/" : path;
    if (!Texts.isClean(given)) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The path contains what no path may");
    }
    String escaped = escape(given, UNRESERVED + "/");
    String query =
        parameters.names().stream()
            .flatMap(
                name ->
                    parameters.getAll(name).stream()
                        .map(value -> escape(name, UNRESERVED) + "=" + escape(value, UNRESERVED)))
            .collect(Collectors.joining("&"));
    // Two slashes at the start would be read as a host.
    String safe = escaped.startsWith("//") ? "/." + escaped : escaped;
    return URI.create(query.isEmpty() ? safe : safe + "?" + query);
  }

  private static String escape(String text, String plain) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || plain.indexOf(c) >= 0)) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  private static MutableHttpHeaders headers(
      APIGatewayV2HTTPEvent event, ConversionService conversions) {
    // What came in is not ours to refuse character by character; what goes out is.
    MutableHttpHeaders headers =
        new CaseInsensitiveMutableHttpHeaders(false, Map.of(), conversions);
    if (event.getHeaders() != null) {
      event.getHeaders().forEach(headers::add);
    }
    return headers;
  }

  private static Cookies cookies(APIGatewayV2HTTPEvent event, ConversionService conversions) {
    SimpleCookies cookies = new SimpleCookies(conversions);
    if (event.getCookies() != null) {
      event.getCookies().forEach(pair -> cookie(pair).ifPresent(c -> cookies.put(c.getName(), c)));
    }
    return cookies;
  }

  /// What is no `name=value` is no cookie, and none of the caller's faults.
  private static Optional<Cookie> cookie(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      return Optional.empty();
    }
    String value = pair.substring(equals + 1).strip();
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    try {
      return Optional.of(
          Cookie.of(
              pair.substring(0, equals).strip(),
              quoted ? value.substring(1, value.length() - 1) : value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(APIGatewayV2HTTPEvent event, long largestBody) {
    String text = event.getBody();
    if (text == null || text.isEmpty()) {
      return new byte[0];
    }
    byte[] body = event.getIsBase64Encoded() ? decodeBase64(text) : encodeUtf8(text);
    if (body.length > largestBody) {
      throw new ProblemException(
          ProblemType.PAYLOAD_TOO_LARGE, "The body must have at most " + largestBody + " bytes");
    }
    return ContentEncoding.decode(body, event.getHeaders(), largestBody);
  }

  private static byte[] decodeBase64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body is not the base64 it says");
    }
  }

  private static byte[] encodeUtf8(String text) {
    try {
      // An array's characters are encoded many at a time, a text's one by one.
      CharBuffer characters = CharBuffer.wrap(text.toCharArray());
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(characters);
      byte[] body = new byte[encoded.remaining()];
      encoded.get(body);
      return body;
    } catch (CharacterCodingException e) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not Unicode text");
    }
  }

  private void requireReadableType() {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return;
    }
    Optional<Charset> charset;
    try {
      charset = MediaType.of(type).getCharset();
    } catch (IllegalArgumentException e) {
      throw unsupported("The Content-Type is not a media type");
    }
    if (charset.isPresent() && !charset.get().equals(StandardCharsets.UTF_8)) {
      throw unsupported("The body must be UTF-8");
    }
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  /// The body, inflated where it came in gzip; empty when there was none.
  byte[] bytes() {
    return bytes;
  }

  @Override
  public Optional<B> getBody() {
    return Optional.ofNullable(body);
  }

  @Override
  public void setParsedBody(B parsed) {
    body = parsed;
  }

  @Override
  public ByteBody byteBody() {
    return ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE).adapt(bytes);
  }

  @Override
  public InputStream getInputStream() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public long getContentLength() {
    return bytes.length;
  }

  @Override
  public Charset getCharacterEncoding() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public MutableHttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public Cookies getCookies() {
    return cookies;
  }

  @Override
  public QueryParameters getParameters() {
    return parameters;
  }

  @Override
  public MutableConvertibleValues<Object> getAttributes() {
    return attributes;
  }

  /// Micronaut knows `*/*` only; ours is all JSON, so `application/*` is that.
  @Override
  public Collection<MediaType> accept() {
    return headers.accept().stream()
        .map(
            type -> type.getName().equals("application/*") ? MediaType.APPLICATION_JSON_TYPE : type)
        .toList();
  }

  @Override
  public String getMethodName() {
    return method;
  }

  @Override
  public HttpMethod getMethod() {
    return HttpMethod.parse(method);
  }

  @Override
  public URI getUri() {
    return uri;
  }

  /// Who calls, as API Gateway saw it.
  @Override
  public InetSocketAddress getRemoteAddress() {
    String address = event.getRequestContext().getHttp().getSourceIp();
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(String.valueOf(address)), 0);
    } catch (IllegalArgumentException e) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
  }

  @Override
  public APIGatewayV2HTTPEvent getNativeRequest() {
    return event;
  }

  @Override
  @SuppressWarnings("unchecked")
  public ServletHttpRequest<APIGatewayV2HTTPEvent, Object> getRequest() {
    return (ServletHttpRequest<APIGatewayV2HTTPEvent, Object>) this;
  }

  @Override
  public GatewayResponse<Object> getResponse() {
    return response;
  }
}
