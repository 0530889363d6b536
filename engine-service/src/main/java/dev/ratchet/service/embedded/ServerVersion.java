package dev.ratchet.service.embedded;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version of a Temporal server; the CLI's own version says nothing when the CLI was built from source. */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Pattern SERVER = Pattern.compile("Server " + NUMBERS);
    private static final Comparator<ServerVersion> ORDER = Comparator.comparingInt(ServerVersion::major)
            .thenComparingInt(ServerVersion::minor)
            .thenComparingInt(ServerVersion::patch);

    /** Reads {@code 1.29.1}. */
    public static Optional<ServerVersion> parse(String text) {
        Matcher matcher = NUMBERS.matcher(text.strip());
        return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /** Reads what {@code temporal --version} prints: {@code temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)}. */
    public static Optional<ServerVersion> ofBanner(String banner) {
        Matcher matcher = SERVER.matcher(banner);
        return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
    }

    private static ServerVersion of(Matcher matcher) {
        return new ServerVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
