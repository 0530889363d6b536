package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewIdsTest {
    @Test
    void shouldMakeIdsThatSortByTime() {
        String early = NewIds.fresh(1_704_067_200_000L);
        String late = NewIds.fresh(1_704_067_200_001L);
        assertThat(early).isLessThan(late).isNotEqualTo(NewIds.fresh(1_704_067_200_000L));
        assertThat(UUID.fromString(early).version()).isEqualTo(7);
        assertThat(UUID.fromString(early).variant()).isEqualTo(2);
        assertThat(new RunId("default", early).isPossible()).isTrue();
    }

    @Test
    void shouldDeriveTheSameIdOnlyFromTheSameOrganizationAndKey() {
        assertThat(NewIds.derived("acme", "k")).isEqualTo(NewIds.derived("acme", "k"));
        assertThat(NewIds.derived("acme", "k"))
                .isNotEqualTo(NewIds.derived("acme", "l"))
                .isNotEqualTo(NewIds.derived("acm", "ek"))
                .isNotEqualTo(NewIds.derived("other", "k"));
        assertThat(UUID.fromString(NewIds.derived("acme", "k")).version()).isEqualTo(8);
        assertThat(new RunId("acme", NewIds.derived("acme", "k/ with \u0000 odd \n signs")).isPossible())
                .isTrue();
    }
}
