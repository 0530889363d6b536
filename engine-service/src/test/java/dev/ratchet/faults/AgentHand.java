package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.faults.EngineApi.Answer;
import java.util.Optional;

/** An agent that polls its queue, lets every fourth lease lapse, and completes the rest. */
final class AgentHand implements Runnable {
    static final String QUEUE = "chaos-polled";

    private final PatientClient client;
    private int polled;

    AgentHand(PatientClient client) {
        this.client = client;
    }

    @Override
    public void run() {
        while (!client.isClosed()) {
            String path = "/agents/" + QUEUE + "/next?wait_ms=3000&lease_ms=2000";
            Optional<Answer> next = client.get(path);
            next.filter(answer -> answer.status() == 200)
                    .map(Answer::body)
                    .filter(assignment -> ++polled % 4 != 0)
                    .ifPresent(this::complete);
        }
    }

    private void complete(JsonNode assignment) {
        String path = "/runs/" + assignment.path("run_id").asText() + "/tasks/"
                + assignment.path("node_id").asText() + "/complete";
        client.once("POST " + path, () -> client.api().post(path, PatientClient.nothing()));
    }
}
