/** Configuration: one YAML file, each key also an environment variable, and what the host's environment says. */
@NullMarked
package dev.ratchet.service.config;

import org.jspecify.annotations.NullMarked;
