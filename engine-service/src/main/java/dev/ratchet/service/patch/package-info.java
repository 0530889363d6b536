/** Changes of run documents: patches, additions, the way back to an earlier revision. Pure; knows no run. */
@NullMarked
package dev.ratchet.service.patch;

import org.jspecify.annotations.NullMarked;
