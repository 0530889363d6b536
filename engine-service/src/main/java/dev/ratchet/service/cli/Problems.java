package dev.ratchet.service.cli;

/** Problems of documents as lines of text. */
final class Problems {
    private Problems() {}

    static String line(String pointer, String code, String message) {
        return Display.printable((pointer.isEmpty() ? "(document)" : pointer) + "  " + code + "  " + message);
    }
}
