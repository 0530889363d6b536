/** What stands before every route: which hosts a request may name, whose pages may send it, how slowly a body may come. */
@NullMarked
package dev.ratchet.service.security;

import org.jspecify.annotations.NullMarked;
