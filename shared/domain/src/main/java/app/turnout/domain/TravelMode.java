package app.turnout.domain;

/// How somebody comes, and so by which roads.
public enum TravelMode {
  CAR,
  BICYCLE,
  FOOT
}
