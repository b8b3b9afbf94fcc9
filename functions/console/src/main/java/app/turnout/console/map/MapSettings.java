package app.turnout.console.map;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the map's ground comes from, and where its news do.
///
/// @param styleUrl a MapLibre style, or the address of tiles with `{z}`, `{x}` and `{y}`; empty,
///   the ground is plain
/// @param hosts origins that the style leads to besides its own, between spaces
/// @param attribution of the tiles, where the style says none itself
/// @param liveUrl the WebSocket API's; empty, it is at this page's own address
@ConfigurationProperties("turnout.map")
record MapSettings(
    @Bindable(defaultValue = "") String styleUrl,
    @Bindable(defaultValue = "") String hosts,
    @Bindable(defaultValue = "") String attribution,
    @Bindable(defaultValue = "") String liveUrl) {
  private static final String ORIGIN = "(?://)(?:\\*\\.)?[A-Za-z0-9.-]+(?::[0-9]{1,5})?";
  private static final Pattern WEB = Pattern.compile("https?:" + ORIGIN);
  private static final Pattern SOCKET = Pattern.compile("wss?:" + ORIGIN);

  /// Throws [IllegalArgumentException] for what would not be an origin in a policy.
  MapSettings {
    if (!styleUrl.isEmpty()) {
      origin(styleUrl, WEB);
    }
    if (!liveUrl.isEmpty()) {
      origin(liveUrl, SOCKET);
    }
    for (String host : split(hosts)) {
      if (!WEB.matcher(host).matches()) {
        throw new IllegalArgumentException("Not an origin: " + host);
      }
    }
  }

  /// Whom the page may ask for what the map is drawn of.
  List<String> grounds() {
    List<String> grounds = new ArrayList<>(split(hosts));
    if (!styleUrl.isEmpty()) {
      grounds.addFirst(origin(styleUrl, WEB));
    }
    return List.copyOf(grounds);
  }

  /// Whom the page may open a WebSocket to, besides its own address.
  List<String> sockets() {
    return liveUrl.isEmpty() ? List.of() : List.of(origin(liveUrl, SOCKET));
  }

  private static List<String> split(String hosts) {
    return Arrays.stream(hosts.strip().split("\\s+", -1)).filter(host -> !host.isEmpty()).toList();
  }

  private static String origin(String url, Pattern pattern) {
    Matcher matcher = pattern.matcher(url);
    if (!matcher.lookingAt()
        || (matcher.end() < url.length() && url.charAt(matcher.end()) != '/')) {
      throw new IllegalArgumentException("Not an address: " + url);
    }
    return matcher.group();
  }
}
