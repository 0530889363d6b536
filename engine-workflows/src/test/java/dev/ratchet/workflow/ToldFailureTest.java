package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            java.lang.IllegalArgumentException | Activity Type "Nope" is not registered with a worker. Known types are: Dispatch, Seal
            ActivityNotRegisteredError | unable to find activityType=Nope. Supported types: [Dispatch]
            NotFoundError | Activity function Nope for workflow w is not registered on this worker, available activities: Dispatch
            """)
    void shouldSayThatNobodyOffersAnActivityWithoutListingWhatIsOffered(String type, String message) {
        assertThat(ToldFailure.of(type, message, "gpu")).isEqualTo("no worker on gpu offers its activity_type");
    }

    @Test
    void shouldNameAKindOfFailureButNoClass() {
        assertThat(ToldFailure.of("CardDeclined", "no funds", "q")).isEqualTo("CardDeclined: no funds");
        assertThat(ToldFailure.of("java.lang.IllegalStateException", "no funds", "q"))
                .isEqualTo("it failed: no funds");
        assertThat(ToldFailure.of("com.acme.Pay$Declined", "no funds", "q")).isEqualTo("it failed: no funds");
    }
}
