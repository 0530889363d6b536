package dev.ratchet.task.blob;

import dev.ratchet.document.Text;

/** A blob that cannot be stored or read. The message names neither a folder nor a host: users may see it. */
public final class BlobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong, for the caller that must choose an error code. */
    public enum Reason {
        /** There is no such blob, or the reference is none. */
        NOT_FOUND,
        /** Above the limit that the message names. */
        TOO_LARGE,
        /** There, but not what was stored under that reference, or the system lets nobody read it. */
        DAMAGED,
        /** Not what it is said to be, such as text that is no JSON. */
        UNREADABLE,
        /** A value that cannot be written so that others could read it. */
        UNWRITABLE,
        /** The store cannot be reached or is full; another try may succeed. */
        UNAVAILABLE
    }

    private BlobException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    private BlobException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static BlobException notFound(String ref) {
        return new BlobException(
                Reason.NOT_FOUND, "Expected a stored value under " + brief(ref) + ", but there is none");
    }

    /** Content that its own address does not fit any more. */
    public static BlobException damaged(String ref) {
        return new BlobException(
                Reason.DAMAGED,
                "Expected the stored value " + brief(ref) + " to be as it was stored, but it is damaged");
    }

    /** Content that is there, but may not be read, or is no file. */
    public static BlobException closed(String ref, Throwable cause) {
        return new BlobException(
                Reason.DAMAGED, "Expected to read the stored value " + brief(ref) + ", but it may not be read", cause);
    }

    public static BlobException tooLarge(long limit) {
        return new BlobException(Reason.TOO_LARGE, "Expected at most " + limit + " bytes, but there are more");
    }

    public static BlobException unreadable(String ref, Throwable cause) {
        return new BlobException(
                Reason.UNREADABLE, "Expected JSON in the stored value " + brief(ref) + ", but it is not", cause);
    }

    /** A value that is no JSON as others could read it, such as one nested a thousand levels deep. */
    public static BlobException unwritable(Throwable cause) {
        return new BlobException(
                Reason.UNWRITABLE, "Expected a value that JSON can hold, but it is nested too deeply or broken", cause);
    }

    public static BlobException unavailable(Throwable cause) {
        return new BlobException(Reason.UNAVAILABLE, "Expected the blob store to answer, but it did not", cause);
    }

    /** Nothing was stored; there may be room later. */
    public static BlobException full(Throwable cause) {
        return new BlobException(
                Reason.UNAVAILABLE, "Expected room for a value in the storage, but its disk is full", cause);
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the value is lost as far as anybody can tell: no other try finds it, unless somebody puts it back. */
    public boolean isLoss() {
        return switch (reason) {
            case NOT_FOUND, DAMAGED, UNREADABLE -> true;
            case TOO_LARGE, UNWRITABLE, UNAVAILABLE -> false;
        };
    }

    /** The message, never null here. */
    public String text() {
        return String.valueOf(getMessage());
    }

    private static String brief(String ref) {
        String plain = ref.replaceAll("[^A-Za-z0-9_.-]", "?");
        return Text.cut(plain, 81);
    }
}
