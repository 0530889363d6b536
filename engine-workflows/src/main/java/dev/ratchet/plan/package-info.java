/** What a document means: the validated graph, resolved once, with nothing left to doubt. */
@NullMarked
package dev.ratchet.plan;

import org.jspecify.annotations.NullMarked;
