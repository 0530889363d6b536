package dev.ratchet.service.patch;

import dev.ratchet.document.Pointers;
import java.util.List;

/** Where the parts of a value that a patch put into a document stand in the body that was sent. */
interface Origin {
    /**
     * The pointer to a part, into the body that was sent.
     *
     * @param rest the way from the value down to the part, unescaped; empty for the value itself
     */
    String pointer(List<String> rest);

    /** Of a value that stands there as it was put. */
    static Origin at(String pointer) {
        return rest -> Pointers.path(pointer, rest);
    }
}
