package social.coral.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route that changes nothing more when the same request arrives twice, so an {@code Idempotency-Key} has nothing to add.
 * For routes that wait for another service or read a long upload: they must not be held in one transaction.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SafeToRepeat {}
