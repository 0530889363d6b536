/** The one door to Temporal: start, query, signal, watch. Nothing else holds a client. */
@NullMarked
package dev.ratchet.service.gateway;

import org.jspecify.annotations.NullMarked;
