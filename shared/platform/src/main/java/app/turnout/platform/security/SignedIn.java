package app.turnout.platform.security;

import io.micronaut.aop.Around;
import io.micronaut.context.annotation.Type;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Anybody with an account may call; no organization is entered.
@Around
@SecurityRequirement(name = "access_token")
@Type(AccessInterceptor.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SignedIn {
  /// Whether the endpoint runs in the transaction that let the caller in. One that hashes
  /// passwords, which takes long, opens transactions of its own; it takes no `Idempotency-Key`.
  boolean inTransaction() default true;
}
