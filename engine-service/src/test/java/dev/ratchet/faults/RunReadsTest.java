package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import org.junit.jupiter.api.Test;

/** The negative control of readers: answers that go back must not pass. */
class RunReadsTest {
    private static final JsonNode END = answer(
            9, "completed", "\"a\": {\"state\": \"completed\", \"attempts\": 1}, \"b\": {\"state\": \"skipped\"}");

    private final RunReads reads = new RunReads();

    @Test
    void shouldPassAnswersThatOnlyGoOn() {
        reads.take(answer(
                2, "running", "\"a\": {\"state\": \"running\", \"attempts\": 1}, \"b\": {\"state\": \"pending\"}"));
        reads.take(answer(5, "running", "\"a\": {\"state\": \"completed\", \"attempts\": 1}"));
        reads.take(answer(9, "completed", "\"b\": {\"state\": \"skipped\"}"));

        assertThat(reads.violations(END)).isEmpty();
    }

    @Test
    void shouldNoticeAVersionThatGoesBack() {
        reads.take(answer(10, "running", ""));
        reads.take(END);

        assertThat(reads.violations(END)).containsExactly("version 9 after 10");
    }

    @Test
    void shouldNoticeAnEndedRunThatChanges() {
        reads.take(answer(8, "failed", ""));
        reads.take(END);

        assertThat(reads.violations(END)).containsExactly("state completed after failed");
    }

    @Test
    void shouldNoticeAnEndedTaskThatChanges() {
        reads.take(answer(8, "running", "\"b\": {\"state\": \"failed\"}"));
        reads.take(END);

        assertThat(reads.violations(END)).containsExactly("b is {\"state\":\"skipped\"} after {\"state\":\"failed\"}");
    }

    /** One answer shows only so many stored outputs; of the others it shows where they are. */
    @Test
    void shouldTakeAnOutputForTheSameWhetherItIsShownOrReferredTo() {
        JsonNode whole = whole("output_ref", "{\"ref\": \"x\", \"size\": 7}, \"preview\": \"{\\\"n\\\":1}\"");
        reads.take(whole("output", "{\"n\": 1}"));

        assertThat(reads.violations(whole)).isEmpty();
    }

    @Test
    void shouldNoticeAnOutputThatIsReferredToAsAnother() {
        JsonNode whole = whole("output_ref", "{\"ref\": \"x\", \"size\": 7}, \"preview\": \"{\\\"n\\\":2}\"");
        reads.take(whole("output", "{\"n\": 1}"));

        assertThat(reads.violations(whole)).singleElement().asString().startsWith("a reader put");
    }

    @Test
    void shouldNoticeAttemptsThatGoBack() {
        reads.take(answer(8, "running", "\"a\": {\"state\": \"running\", \"attempts\": 2}"));
        reads.take(END);

        assertThat(reads.violations(END)).containsExactly("a has 1 attempts after 2");
    }

    @Test
    void shouldNoticeAChangeThatWasNotTold() {
        reads.take(answer(2, "running", "\"a\": {\"state\": \"running\", \"attempts\": 1}"));
        reads.take(answer(9, "completed", "\"a\": {\"state\": \"completed\", \"attempts\": 1}"));

        assertThat(reads.violations(END)).singleElement().asString().startsWith("a reader put");
    }

    @Test
    void shouldNoticeThatNothingWasEverAnswered() {
        assertThat(reads.violations(END)).contains("nothing was ever answered");
    }

    private static JsonNode whole(String field, String value) {
        return answer(9, "completed", "\"a\": {\"state\": \"completed\", \"%s\": %s}".formatted(field, value));
    }

    private static JsonNode answer(long version, String state, String tasks) {
        return Json.read(
                "{\"version\": %d, \"state\": \"%s\", \"tasks\": {%s}}".formatted(version, state, tasks),
                JsonNode.class);
    }
}
