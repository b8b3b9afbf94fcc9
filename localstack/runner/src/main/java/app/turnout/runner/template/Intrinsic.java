package app.turnout.runner.template;

import org.jspecify.annotations.Nullable;

/// A CloudFormation function in the template: `!Ref X` is `Ref` with `X`, `!Sub …` is `Fn::Sub`,
/// and so on.
record Intrinsic(String name, @Nullable Object argument) {}
