package dev.ratchet.service.resources;

/** The pages behind a signed link. What a document says never reaches a browser as markup. */
final class ApprovalPage {
    private ApprovalPage() {}

    static String ask(String question, boolean approve, String run, String task) {
        String verb = approve ? "Approve" : "Reject";
        return page("<h1>%s</h1><p>%s of run %s</p><form method=\"post\"><button>%s</button></form>"
                .formatted(escaped(question), escaped(task), escaped(run), verb));
    }

    static String done(boolean approved) {
        return page("<h1>" + (approved ? "Approved" : "Rejected") + "</h1><p>You may close this page.</p>");
    }

    static String sent() {
        return page("<h1>Sent</h1><p>Whether it counts is not known yet: open the link again to see.</p>");
    }

    private static String page(String body) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Approval</title></head><body>"
                + body + "</body></html>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
