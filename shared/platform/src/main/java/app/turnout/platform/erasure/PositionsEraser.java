package app.turnout.platform.erasure;

import app.turnout.domain.ParticipantId;
import java.util.Map;

/// Erases what an area keeps of where a participant was, whose consent was withdrawn.
public interface PositionsEraser {
  String area();

  /// In the open transaction: all that was taken before the consent that they give now, if they do
  /// again.
  ///
  /// @return how many rows went, by table
  Map<String, Long> erase(ParticipantId participant);
}
