package app.turnout.eta;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What those who watch have not been told of a participant.
///
/// @param basedOn the ping's time that it rests on; null when nothing is kept of them
public record News(Outlook outlook, @Nullable Instant basedOn) {}
