/** What the user wrote: records that mirror the JSON of a run document, and nothing else. */
@NullMarked
package dev.ratchet.document;

import org.jspecify.annotations.NullMarked;
