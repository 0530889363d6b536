/** The ledger of a run: reserve, settle, release. Decimals only. */
@NullMarked
package dev.ratchet.money;

import org.jspecify.annotations.NullMarked;
