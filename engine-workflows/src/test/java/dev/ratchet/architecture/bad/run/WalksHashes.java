package dev.ratchet.architecture.bad.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Goes through tasks in the order of their hashes. */
public final class WalksHashes {
    public List<String> order(List<String> ids) {
        return new ArrayList<>(new HashSet<>(ids));
    }
}
