package dev.ratchet.task.egress;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are not on the public internet: our own table, by bytes, because the platform's predicates know neither
 * carrier-grade networks nor an IPv4 address inside an IPv6 one. Sources: the IANA special-purpose address registries.
 */
final class AddressTable {
    private static final List<Block> V4 = List.of(
            Block.v4("0.0.0.0", 8, "an unspecified address"),
            Block.v4("10.0.0.0", 8, "a private address"),
            Block.v4("100.64.0.0", 10, "a carrier's private address"),
            Block.v4("127.0.0.0", 8, "a loopback address"),
            Block.v4("168.63.129.16", 32, "a metadata address"),
            Block.v4("169.254.0.0", 16, "a link-local address"),
            Block.v4("172.16.0.0", 12, "a private address"),
            Block.v4("192.0.0.0", 24, "a reserved address"),
            Block.v4("192.0.2.0", 24, "a documentation address"),
            Block.v4("192.88.99.0", 24, "a reserved address"),
            Block.v4("192.168.0.0", 16, "a private address"),
            Block.v4("198.18.0.0", 15, "a benchmarking address"),
            Block.v4("198.51.100.0", 24, "a documentation address"),
            Block.v4("203.0.113.0", 24, "a documentation address"),
            Block.v4("224.0.0.0", 4, "a multicast address"),
            Block.v4("240.0.0.0", 4, "a reserved address"));

    private static final List<Block> V6 = List.of(
            Block.v6("::1", 128, "a loopback address"),
            Block.v6("::", 96, "an unspecified address"),
            Block.v6("64:ff9b:1::", 48, "a private address"),
            Block.v6("fc00::", 7, "a private address"),
            Block.v6("fe80::", 10, "a link-local address"),
            Block.v6("fec0::", 10, "a private address"),
            Block.v6("ff00::", 8, "a multicast address"),
            Block.v6("2001::", 23, "a reserved address"),
            Block.v6("2001:db8::", 32, "a documentation address"),
            Block.v6("2002::", 16, "an address of a tunnel"),
            Block.v6("3fff::", 20, "a documentation address"));

    /** Ways to say an IPv4 address in IPv6 that lead somewhere public today: what is inside counts. */
    private static final List<Block> V4_INSIDE = List.of(Block.v6("::ffff:0:0", 96, ""), Block.v6("64:ff9b::", 96, ""));

    private static final Block GLOBAL = Block.v6("2000::", 3, "");
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private AddressTable() {}

    /**
     * What kind of address it is when it may not be called; absent for a public one.
     *
     * @param address four or sixteen bytes
     */
    static @Nullable String refusal(byte[] address) {
        return address.length == 4 ? find(V4, address) : v6(address);
    }

    private static @Nullable String v6(byte[] address) {
        for (Block block : V4_INSIDE) {
            if (block.holds(address)) {
                return find(V4, Arrays.copyOfRange(address, 12, 16));
            }
        }
        String refusal = find(V6, address);
        if (refusal != null) {
            return refusal;
        }
        return GLOBAL.holds(address) && !isIsatap(address) ? null : "a reserved address";
    }

    /** An interface that tunnels IPv4 (RFC 5214): {@code ::[0200:]5efe:a.b.c.d}. */
    private static boolean isIsatap(byte[] address) {
        byte[] marker = Arrays.copyOfRange(address, 8, 12);
        marker[0] &= (byte) 0xfd;
        return Arrays.equals(marker, ISATAP);
    }

    private static @Nullable String find(List<Block> blocks, byte[] address) {
        for (Block block : blocks) {
            if (block.holds(address)) {
                return block.kind;
            }
        }
        return null;
    }

    private static final class Block {
        private final byte[] start;
        private final int bits;
        private final String kind;

        private Block(byte @Nullable [] start, int bits, String kind) {
            if (start == null) {
                throw new IllegalArgumentException("Expected the start of a block, but it is no address");
            }
            this.start = start;
            this.bits = bits;
            this.kind = kind;
        }

        static Block v4(String start, int bits, String kind) {
            return new Block(IpText.v4(start), bits, kind);
        }

        static Block v6(String start, int bits, String kind) {
            return new Block(IpText.v6(start), bits, kind);
        }

        boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
                if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
