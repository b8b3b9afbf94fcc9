package app.turnout.organizations.closing;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// @param grace how long the deletion of an organization can be taken back
@ConfigurationProperties("turnout.closing")
record ClosingSettings(@Bindable(defaultValue = "30d") Duration grace) {
  ClosingSettings {
    if (grace.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException("turnout.closing.grace is shorter than an hour");
    }
  }
}
