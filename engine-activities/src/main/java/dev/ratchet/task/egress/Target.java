package dev.ratchet.task.egress;

import java.util.Locale;

/**
 * A URL read once and strictly: what is checked is what is called. The host is canonical (lower case, ASCII, an IPv6
 * address without brackets), path and query are percent-encoded, a fragment is dropped.
 *
 * @param scheme {@code http} or {@code https}
 * @param path begins with a slash
 * @param query without the question mark; empty when there is none
 */
public record Target(String scheme, String host, int port, String path, String query) {
    private static final int MAX_LENGTH = 16 * 1024;

    /**
     * Reads an absolute URL.
     *
     * @throws EgressDenied when it has another scheme, names a user, or its host is not written the usual way
     */
    public static Target parse(String url) throws EgressDenied {
        if (url.length() > MAX_LENGTH) {
            throw new EgressDenied("Expected a URL of at most " + MAX_LENGTH + " characters, but it is longer");
        }
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new EgressDenied("Expected a URL that begins with http:// or https://, but it does not");
        }
        if (url.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\')) {
            throw new EgressDenied("Expected a URL, but it holds a control character or a backslash");
        }
        String rest = url.substring(colon + 3);
        int end = firstOf(rest, "/?#", 0);
        int hash = rest.indexOf('#', end);
        String tail = rest.substring(end, hash < 0 ? rest.length() : hash);
        int mark = tail.indexOf('?');
        String path = mark < 0 ? tail : tail.substring(0, mark);
        String query = mark < 0 ? "" : tail.substring(mark + 1);
        Authority authority = Authority.parse(rest.substring(0, end), scheme.equals("https") ? 443 : 80);
        return new Target(
                scheme,
                authority.host(),
                authority.port(),
                UrlText.encoded(path.isEmpty() ? "/" : path),
                UrlText.encoded(query));
    }

    /** Where a redirect leads: an absolute URL, or a reference relative to this one. */
    public Target redirected(String location) throws EgressDenied {
        int end = firstOf(location, "/?#", 0);
        if (location.substring(0, end).contains(":")) {
            return parse(location);
        }
        if (location.startsWith("//")) {
            return parse(scheme + ":" + location);
        }
        String base = origin();
        if (location.startsWith("/")) {
            return parse(base + location);
        }
        if (location.isEmpty() || location.startsWith("?") || location.startsWith("#")) {
            return parse(base + path + (location.startsWith("?") ? location : "?" + query));
        }
        return parse(base + path.substring(0, path.lastIndexOf('/') + 1) + location);
    }

    /** The same URL with more behind its query. */
    public Target withQuery(String more) {
        String joined = query.isEmpty() || more.isEmpty() ? query + more : query + "&" + more;
        return new Target(scheme, host, port, path, joined);
    }

    /** Scheme, host and port: who is talked to. */
    public String origin() {
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Path and query, as a request line has them. */
    public String requestUri() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static int firstOf(String text, String stops, int from) {
        int at = from;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
