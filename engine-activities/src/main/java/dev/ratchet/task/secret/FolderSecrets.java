package dev.ratchet.task.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as files, one for each, as container platforms mount them. {@code {organization}/NAME} comes before {@code NAME};
 * a line break at the end belongs to the file and not to the secret.
 */
public final class FolderSecrets implements Secrets {
    /** Where container platforms mount secrets. */
    public static final Path DEFAULT = Path.of("/run/secrets");

    private static final long MAX_BYTES = 64L * 1024;
    private static final Pattern ORGANIZATION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private final Path folder;

    public FolderSecrets(Path folder) {
        this.folder = folder;
    }

    @Override
    public @Nullable String find(String organization, String name) {
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        String own = ORGANIZATION.matcher(organization).matches()
                ? read(folder.resolve(organization).resolve(name))
                : null;
        return own == null ? read(folder.resolve(name)) : own;
    }

    private static @Nullable String read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return null;
            }
            return withoutLineBreak(Files.readString(file));
        } catch (IOException e) {
            return null;
        }
    }

    private static String withoutLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
