package dev.ratchet.faults;

/** Where tasks call the ledger; {@link LedgerProcess#url(String, long, String)}. */
interface EffectUrls {
    String url(String name, long latencyMs, String query);
}
