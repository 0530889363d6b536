package dev.ratchet.service.security;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which this engine answers. A page of a stranger can lead a name of its own to the loopback address; what
 * it cannot do is to make the browser send another name than its own. Immutable.
 *
 * @param names lower case, without a port, beside those of the loopback interface
 */
public record TrustedHosts(Set<String> names) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-f:.]+]|[^:/@\\s]+)(?::(\\d{1,5}))?");

    public TrustedHosts {
        names = Set.copyOf(names);
    }

    /** @param configured names that the configuration adds */
    public static TrustedHosts of(Optional<String> publicUrl, Iterable<String> configured) {
        Set<String> names = new TreeSet<>();
        publicUrl.map(url -> URI.create(url).getHost()).ifPresent(host -> names.add(host.toLowerCase(Locale.ROOT)));
        configured.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
        return new TrustedHosts(names);
    }

    /** Whether a {@code Host} header names this engine, on whatever port. */
    boolean trusts(String hostHeader) {
        var parts = HOST_AND_PORT.matcher(hostHeader.toLowerCase(Locale.ROOT));
        return parts.matches() && (LOOPBACK.matcher(parts.group(1)).matches() || names.contains(parts.group(1)));
    }

    /** Whether a page of {@code origin} is a page of this engine, which was asked as {@code hostHeader}. */
    boolean isOwn(String origin, @Nullable String hostHeader) {
        URI page;
        try {
            page = URI.create(origin.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
        String authority = page.getRawAuthority();
        if (authority == null || page.getScheme() == null) {
            return false;
        }
        String standard = page.getScheme().equals("https") ? ":443" : ":80";
        return authority.equals(hostHeader == null ? null : hostHeader.toLowerCase(Locale.ROOT))
                || (authority + standard).equals(hostHeader)
                || names.contains(page.getHost());
    }
}
