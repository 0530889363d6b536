/** Wire records: what the API answers, as JSON sees it. */
@NullMarked
package dev.ratchet.service.api;

import org.jspecify.annotations.NullMarked;
