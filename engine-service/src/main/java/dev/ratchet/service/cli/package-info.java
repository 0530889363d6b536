/** The command line: one small class for each command, all listed in {@link dev.ratchet.service.cli.Main}. */
@NullMarked
package dev.ratchet.service.cli;

import org.jspecify.annotations.NullMarked;
