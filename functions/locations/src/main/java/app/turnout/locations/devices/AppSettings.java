package app.turnout.locations.devices;

import io.micronaut.serde.annotation.Serdeable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What apps that send positions have to be told, with the device's token in it.
///
/// @param owntracksUrl for OwnTracks' mode HTTP; any user name, the device's token as password
/// @param owntracksLink opens OwnTracks on a phone and sets it up
/// @param owntracksQr the same as a QR code, in SVG, for setting up a phone from another screen
/// @param traccarUrl server address for Traccar Client; the device's token is its device identifier
/// @param traccarLink opens Traccar Client on a phone and sets it up
/// @param traccarQr the same as a QR code, in SVG
/// @param osmandUrl for OsmAnd's online tracking, and for whatever else fills in such an address
@Serdeable
record AppSettings(
    String owntracksUrl,
    String owntracksLink,
    String owntracksQr,
    String traccarUrl,
    String traccarLink,
    String traccarQr,
    String osmandUrl) {
  /// Seconds between two positions while moving.
  private static final int INTERVAL = 10;

  static AppSettings of(String publicUrl, String token) {
    String owntracks = publicUrl + "/api/v1/owntracks";
    String traccar = publicUrl + "/api/v1/osmand";
    String owntracksLink = owntracksLink(owntracks, token);
    String traccarLink = traccarLink(traccar, token);
    return new AppSettings(
        owntracks,
        owntracksLink,
        QrCode.svg(owntracksLink),
        traccar,
        traccarLink,
        QrCode.svg(traccarLink),
        traccar
            + "?id="
            + token
            + "&lat={0}&lon={1}&timestamp={2}&altitude={4}&speed_metres_per_second={5}&bearing={6}");
  }

  /// As Traccar Client's own ConfigurationService reads it: distance 0 leaves the interval to
  /// decide.
  private static String traccarLink(String url, String token) {
    return "org.traccar.client://config?url="
        + encoded(url)
        + "&id="
        + token
        + "&accuracy=high&distance=0&interval="
        + INTERVAL
        + "&fastest_interval="
        + INTERVAL
        + "&buffer=true";
  }

  /// https://owntracks.org/booklet/features/remoteconfig/: mode 3 is HTTP, monitoring 2 is "move".
  /// Commands from afar and encryption are switched off, whatever the app was set to before.
  private static String owntracksLink(String url, String token) {
    String configuration =
        """
        {"_type":"configuration","mode":3,"url":"%s","auth":true,"username":"turnout",\
        "password":"%s","deviceId":"phone","tid":"me","monitoring":2,"locatorInterval":%d,\
        "moveModeLocatorInterval":%d,"locatorDisplacement":0,"extendedData":true,\
        "encryptionKey":"","cmd":false,"remoteConfiguration":false}\
        """
            .formatted(url, token, INTERVAL, INTERVAL);
    String inline =
        Base64.getEncoder().encodeToString(configuration.getBytes(StandardCharsets.UTF_8));
    return "owntracks:///config?inline=" + encoded(inline);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
