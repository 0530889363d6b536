/** The REST resources: each reads a request, asks the gateway, and answers; nothing else happens here. */
@NullMarked
package dev.ratchet.service.resources;

import org.jspecify.annotations.NullMarked;
