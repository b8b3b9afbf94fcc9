package app.turnout.live;

import app.turnout.domain.ParticipantId;
import java.util.Set;

/// What of a date somebody is shown.
public sealed interface Sight {
  /// Whether a participant is among it.
  ///
  /// @param shared those who agreed to be seen by other participants
  boolean shows(ParticipantId participant, Set<ParticipantId> shared);

  /// All of it: an organiser.
  record Everything() implements Sight {
    @Override
    public boolean shows(ParticipantId participant, Set<ParticipantId> shared) {
      return true;
    }
  }

  /// Those who agreed to be seen by other participants, and oneself, who agreed too.
  record Shared(ParticipantId own) implements Sight {
    @Override
    public boolean shows(ParticipantId participant, Set<ParticipantId> shared) {
      return participant.equals(own) || shared.contains(participant);
    }
  }

  /// Oneself.
  record Own(ParticipantId own) implements Sight {
    @Override
    public boolean shows(ParticipantId participant, Set<ParticipantId> shared) {
      return participant.equals(own);
    }
  }
}
