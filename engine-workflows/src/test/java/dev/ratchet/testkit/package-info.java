/** What tests of all modules share: generated graphs, real graphs, task types without executors. */
@NullMarked
package dev.ratchet.testkit;

import org.jspecify.annotations.NullMarked;
