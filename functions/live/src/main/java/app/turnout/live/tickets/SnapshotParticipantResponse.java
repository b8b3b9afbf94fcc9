package app.turnout.live.tickets;

import app.turnout.live.EtaBody;
import app.turnout.live.PositionBody;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A participant, and where they are.
///
/// @param consented whether positions of theirs are taken
/// @param position the newest one; null for who sent none, or does not consent any more
/// @param eta as it was found last; null where nothing was found yet
@Serdeable
record SnapshotParticipantResponse(
    UUID id,
    String name,
    String status,
    boolean consented,
    String travelMode,
    @Nullable PositionBody position,
    @Nullable EtaBody eta) {}
