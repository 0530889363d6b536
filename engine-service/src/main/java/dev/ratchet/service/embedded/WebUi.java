package dev.ratchet.service.embedded;

/** Where Temporal's Web UI is. */
record WebUi(String address, int port) {
    String url() {
        return "http://" + address + ":" + port;
    }
}
