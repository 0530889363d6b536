/**
 * Recorded histories of every shape of run, kept per engine version, and the tests that replay them: what is in a history
 * must be decided the same way for ever. {@code ./ratchet test -Dtest=RecordHistoriesTest -Drecord} records them anew.
 */
@NullMarked
package dev.ratchet.replay;

import org.jspecify.annotations.NullMarked;
