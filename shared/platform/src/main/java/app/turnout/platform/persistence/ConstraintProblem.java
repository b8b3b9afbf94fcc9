package app.turnout.platform.persistence;

import app.turnout.platform.problem.ProblemException;
import java.util.function.Supplier;

/// What a broken constraint means to the caller. Areas make one bean for each of their constraints
/// that a caller can break.
///
/// @param constraint its name in the schema
/// @param problem what is answered
public record ConstraintProblem(String constraint, Supplier<ProblemException> problem) {}
