/** The models an engine offers: what they cost, how they count tokens, who answers for them. */
@NullMarked
package dev.ratchet.task.model;

import org.jspecify.annotations.NullMarked;
