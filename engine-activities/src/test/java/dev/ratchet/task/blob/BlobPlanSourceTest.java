package dev.ratchet.task.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.run.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlobPlanSourceTest {
    private final MemoryBlobs blobs = new MemoryBlobs();
    private final BlobPlanSource plans = new BlobPlanSource(blobs);

    @Test
    void shouldReadAPlanOnceAndKeepIt() {
        // given
        Value.Stored stored = blobs.putJson(Json.tree(new Plan(PlanPolicy.DEFAULT, new Scope(List.of()))));
        Plan first = plans.byHash(stored.ref());

        // when
        blobs.goDown();

        // then
        assertThat(plans.byHash(stored.ref())).isSameAs(first);
        assertThat(first.policy()).isEqualTo(PlanPolicy.DEFAULT);
    }

    @Test
    void shouldThrowWhileAPlanCannotBeRead() {
        Value.Stored broken = blobs.put(new byte[] {'['}, BlobStore.JSON);

        assertThatThrownBy(() -> plans.byHash(BlobRef.of(new byte[0])))
                .isInstanceOfSatisfying(
                        BlobException.class, e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.NOT_FOUND));
        assertThatThrownBy(() -> plans.byHash(broken.ref()))
                .isInstanceOfSatisfying(
                        BlobException.class, e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.UNREADABLE));
    }
}
