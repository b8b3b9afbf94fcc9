package app.turnout.platform.idempotency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A POST that asks and changes nothing. An `Idempotency-Key` is not needed there: the answer is
/// made anew each time, and none is kept.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface StoresNothing {}
