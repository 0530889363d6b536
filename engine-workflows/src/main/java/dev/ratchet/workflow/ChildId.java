package dev.ratchet.workflow;

import dev.ratchet.document.Text;
import dev.ratchet.run.TaskKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of child runs: {@code {parent}.{task}.{hash}}, names cut where they are long. The hash tells attempts, turns and
 * items apart, and nobody picks such an id by chance. The same for the same attempt, always.
 */
public final class ChildId {
    private static final int PARENT = 60;
    private static final int TASK = 40;
    private static final int HASH_BYTES = 8;

    private ChildId() {}

    /** The id of the run that carries out an attempt of a task of another run. */
    public static String of(String parentWorkflow, String parent, TaskKey key, int attempt) {
        byte[] whole = (parentWorkflow + "/" + key + "/" + attempt).getBytes(StandardCharsets.UTF_8);
        String hash = HexFormat.of().formatHex(sha256(whole), 0, HASH_BYTES);
        return Text.beginning(parent, PARENT) + "." + Text.beginning(key.id(), TASK) + "." + hash;
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected every Java runtime to have SHA-256, but this one has not", e);
        }
    }
}
