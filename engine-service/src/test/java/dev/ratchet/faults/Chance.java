package dev.ratchet.faults;

import java.util.Random;
import java.util.SplittableRandom;

/** Chance from a seed and a number. Neighbours have nothing in common, which they would have if the two were only added. */
final class Chance {
    private Chance() {}

    static Random of(long seed, int number) {
        return new Random(new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + number).nextLong());
    }
}
