package io.frazil.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a record whose JSON may have members that the record does not: they are passed over, as they
/// are in the records that it declares. For what others define, and for what a later version may
/// have stored.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Lenient {}
