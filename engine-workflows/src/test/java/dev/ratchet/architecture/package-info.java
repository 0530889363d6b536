/**
 * What the packages may know of each other, and what code that is replayed may not do. The rules are values, so that each
 * can be shown to catch a class that breaks it: those are in {@code bad}.
 */
@NullMarked
package dev.ratchet.architecture;

import org.jspecify.annotations.NullMarked;
