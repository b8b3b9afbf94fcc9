package app.turnout.events.planning;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// What an event says in another language.
@Serdeable
public record Translation(
    @NotBlank @Size(max = 200) String title, @Nullable @Size(max = 10_000) String description) {}
