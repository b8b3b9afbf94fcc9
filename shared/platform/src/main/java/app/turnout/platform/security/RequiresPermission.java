package app.turnout.platform.security;

import io.micronaut.aop.Around;
import io.micronaut.context.annotation.Type;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A member whose role has the permission may call; the transaction is bound to the organization
/// that the access token names.
@Around
@SecurityRequirement(name = "access_token")
@Type(AccessInterceptor.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresPermission {
  Permission value();

  /// Whether a participant's link may call too, for its own participant.
  boolean orLink() default false;

  /// Whether a participant's device may call too, for its own participant: where positions are
  /// taken.
  boolean orDevice() default false;
}
