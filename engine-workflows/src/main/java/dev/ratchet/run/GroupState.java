package dev.ratchet.run;

import java.util.List;

/** A group of a scope: who is in it, and what it still waits for outside. */
final class GroupState {
    final String name;
    /** Node numbers, ascending. */
    final List<Integer> members;
    /** How many of its members can run side by side. */
    final int width;
    /** Unsettled edges from outside. */
    int externalOpen;
    /** Its members are scheduled one by one. */
    boolean dissolved;

    GroupState(String name, List<Integer> members, int width, boolean dissolved) {
        this.name = name;
        this.members = members;
        this.width = width;
        this.dissolved = dissolved;
    }

    int first() {
        return members.getFirst();
    }
}
