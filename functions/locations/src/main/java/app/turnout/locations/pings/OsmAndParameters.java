package app.turnout.locations.pings;

import app.turnout.domain.GeoPoint;
import app.turnout.locations.Ping;
import app.turnout.platform.problem.FieldError;
import io.micronaut.http.HttpParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parameters of Traccar's OsmAnd protocol, as its server reads them:
/// https://www.traccar.org/osmand/. Those that are empty, and those that we have no use for, are
/// passed over. A speed is in knots; `speed_metres_per_second` is ours, for OsmAnd's own.
final class OsmAndParameters {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,20}(?:\\.[0-9]{0,30})?(?:[eE][-+]?[0-9]{1,2})?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");
  private static final DateTimeFormatter SPACED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final double METRES_PER_SECOND_OF_A_KNOT = 1852 / 3600.0;

  /// What is smaller is in seconds, what is greater in milliseconds.
  private static final long MOST_SECONDS = Integer.MAX_VALUE;

  private static final long LAST_MILLISECOND = 253_402_300_799_999L;

  private final HttpParameters parameters;
  private final List<FieldError> errors = new ArrayList<>();

  private OsmAndParameters(HttpParameters parameters) {
    this.parameters = parameters;
  }

  /// What parameters turned out to be.
  sealed interface Reading {
    record Position(Ping ping) implements Reading {}

    /// The app says that it is alive, and not where.
    record Nothing() implements Reading {}

    record Faulty(List<FieldError> errors) implements Reading {}
  }

  /// The device's token, whatever it is called.
  static @Nullable String device(HttpParameters parameters) {
    OsmAndParameters reader = new OsmAndParameters(parameters);
    String id = reader.text("id");
    return id == null ? reader.text("deviceid") : id;
  }

  /// @param now for those that say no time
  static Reading read(HttpParameters parameters, Instant now) {
    OsmAndParameters reader = new OsmAndParameters(parameters);
    Ping ping = reader.ping(now);
    if (!reader.errors.isEmpty()) {
      return new Reading.Faulty(reader.errors);
    }
    return ping == null ? new Reading.Nothing() : new Reading.Position(ping);
  }

  private @Nullable Ping ping(Instant now) {
    String latitude = text("lat");
    String longitude = text("lon");
    String location = text("location");
    if (latitude == null && longitude == null && location != null) {
      int comma = location.indexOf(',');
      latitude = comma < 0 ? location : location.substring(0, comma);
      longitude = comma < 0 ? "" : location.substring(comma + 1);
    }
    if (latitude == null && longitude == null) {
      return null;
    }
    Double lat = required("lat", latitude, 90);
    Double lon = required("lon", longitude, 180);
    Instant recordedAt = time(now);
    Double accuracy = known("accuracy", 1, Ping.MAX_ACCURACY_METRES);
    Double altitude =
        number("altitude", text("altitude"), Ping.MIN_ALTITUDE_METRES, Ping.MAX_ALTITUDE_METRES);
    Double speed = speed();
    Double heading = known("bearing", 1, 360);
    if (heading == null) {
      heading = known("heading", 1, 360);
    }
    Double battery = known("batt", 1, 100);
    String valid = text("valid");
    if (valid != null && !valid.equalsIgnoreCase("true") && !valid.equals("1")) {
      errors.add(new FieldError("valid", "fix", "must be a position that the device is sure of"));
    }
    return errors.isEmpty() && lat != null && lon != null
        ? new Ping(recordedAt, new GeoPoint(lat, lon), accuracy, altitude, speed, heading, battery)
        : null;
  }

  private @Nullable Double speed() {
    Double ours = known("speed_metres_per_second", 1, Ping.MAX_SPEED_METRES_PER_SECOND);
    return ours == null
        ? known("speed", METRES_PER_SECOND_OF_A_KNOT, Ping.MAX_SPEED_METRES_PER_SECOND)
        : ours;
  }

  private @Nullable Double required(String name, @Nullable String text, double most) {
    if (text == null) {
      errors.add(new FieldError(name, "required", "must be given"));
      return null;
    }
    return number(name, text, -most, most);
  }

  /// Null for a negative one too: the apps' way to say that it is not known.
  private @Nullable Double known(String name, double unit, long most) {
    Double given = number(name, text(name), -Double.MAX_VALUE, most / unit);
    return given == null || given < 0 ? null : given * unit;
  }

  private @Nullable Double number(String name, @Nullable String text, double least, double most) {
    if (text == null) {
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      errors.add(new FieldError(name, "type", "must be a number"));
      return null;
    }
    double number = Double.parseDouble(text);
    if (number < least || number > most) {
      errors.add(
          number < least
              ? new FieldError(name, "min", "must be at least " + (long) least)
              : new FieldError(name, "max", "must be at most " + (long) most));
      return null;
    }
    return number;
  }

  private Instant time(Instant now) {
    String text = text("timestamp");
    if (text == null) {
      return now;
    }
    try {
      if (DIGITS.matcher(text).matches()) {
        long given = Long.parseLong(text);
        if (given < MOST_SECONDS) {
          return Instant.ofEpochSecond(given);
        }
        if (given <= LAST_MILLISECOND) {
          return Instant.ofEpochMilli(given);
        }
      } else {
        Instant time =
            text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text, SPACED).toInstant(ZoneOffset.UTC);
        if (!time.isBefore(Instant.EPOCH) && time.toEpochMilli() <= LAST_MILLISECOND) {
          return time;
        }
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Told below, with the others.
    }
    errors.add(
        new FieldError(
            "timestamp",
            "date_time",
            "must be seconds or milliseconds since 1970, or as in 2026-03-01T09:00:00Z"));
    return now;
  }

  /// Null when it is not there or empty; the last one of several.
  private @Nullable String text(String name) {
    List<String> given = parameters.getAll(name);
    return given.isEmpty() || given.getLast().isBlank() ? null : given.getLast().strip();
  }
}
