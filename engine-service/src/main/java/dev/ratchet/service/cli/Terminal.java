package dev.ratchet.service.cli;

import java.io.Console;

/** Whether a person looks at the output. */
final class Terminal {
    private Terminal() {}

    /** Since Java 22 there is a console also where there is no terminal, and a method that tells. */
    static boolean isThere() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
