/** The only package that knows Temporal: the run workflow, its shell loop and its activity interfaces. */
@NullMarked
package dev.ratchet.workflow;

import org.jspecify.annotations.NullMarked;
