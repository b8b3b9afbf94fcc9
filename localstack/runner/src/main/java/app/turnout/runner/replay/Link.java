package app.turnout.runner.replay;

/// What lets a phone act for one participant.
public record Link(String participantId, String token) {
  @Override
  public String toString() {
    return "link of " + participantId;
  }
}
