package dev.ratchet.service.server;

import dev.ratchet.service.gateway.RunId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses in Temporal's own pages. */
final class TemporalPage {
    private TemporalPage() {}

    static String of(String base, String namespace, RunId run) {
        String workflow = URLEncoder.encode(run.workflowId(), StandardCharsets.UTF_8);
        return base + "/namespaces/" + namespace + "/workflows/" + workflow;
    }
}
