package dev.ratchet.expression;

import com.fasterxml.jackson.databind.node.BigIntegerNode;

/**
 * An integer beyond 64 bits as CEL carries it: an object that no function takes, so that it passes whole or not at all. Two
 * of them inside of lists and maps are equal when their values are.
 *
 * @param node goes out as it came in
 */
record WideInteger(BigIntegerNode node) {}
