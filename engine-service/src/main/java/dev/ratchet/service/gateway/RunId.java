package dev.ratchet.service.gateway;

import java.util.regex.Pattern;

/** Names a run: its organization and its id there. */
public record RunId(String organization, String id) {
    /** The organization of whoever names none. */
    public static final String DEFAULT_ORGANIZATION = "default";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final int MAX_ID = 128;
    private static final int MAX_ORGANIZATION = 63;

    /** The id of the run's workflow. */
    public String workflowId() {
        return organization + "/" + id;
    }

    /** Whether a run can have this name at all. */
    public boolean isPossible() {
        return isOrganization(organization)
                && id.length() <= MAX_ID
                && FORM.matcher(id).matches();
    }

    public static boolean isOrganization(String text) {
        return text.length() <= MAX_ORGANIZATION && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return workflowId();
    }
}
