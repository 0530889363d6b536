package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.run.RunCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final RunCommand LOCAL = new RunCommand.Inline(List.of(), Map.of(), List.of());
    private static final RunCommand SENT = new RunCommand.CancelDispatches();

    private final Turn turn = new Turn();

    @Test
    void shouldSendAboutAMegabyte() {
        turn.begin(0);
        long sent = 0;
        while (turn.allows(SENT, 0)) {
            turn.sends(200_000);
            sent += 200_000;
        }

        assertThat(sent).isBetween(Turn.BYTES - 200_000, Turn.BYTES + 200_000);
        turn.begin(1);
        assertThat(turn.allows(SENT, 1)).isTrue();
    }

    @Test
    void shouldCountWhatLocalWorkMayStillBring() {
        turn.begin(0);
        int underWay = 0;
        while (turn.allows(LOCAL, 0)) {
            turn.asks();
            underWay++;
        }

        assertThat(underWay).isBetween(10, 16);
        assertThat(turn.hasRoomSoon(LOCAL, 0)).isTrue();
    }

    @Test
    void shouldHaveRoomAgainWhenLessCameBackThanItMight() {
        turn.begin(0);
        int asked = 0;
        for (; asked < 500 && turn.allows(LOCAL, 0); asked++) {
            turn.asks();
            turn.hears(100);
        }

        assertThat(asked).isEqualTo(500);
    }

    @Test
    void shouldNeedAnotherTurnOnceWhatCameBackFillsIt() {
        turn.begin(0);
        while (turn.allows(LOCAL, 0)) {
            turn.asks();
            turn.hears(InlineResult.MOST_BYTES);
        }

        assertThat(turn.hasRoomSoon(LOCAL, 0)).isFalse();
        assertThat(turn.worksLocally()).isFalse();
    }

    @Test
    void shouldKeepCountingWhatIsUnderWayInTheNextTurn() {
        turn.begin(0);
        while (turn.allows(LOCAL, 0)) {
            turn.asks();
        }

        turn.begin(1);

        assertThat(turn.allows(LOCAL, 1)).isFalse();
    }

    @Test
    void shouldLetOthersHaveATurnAfterABurst() {
        turn.begin(0);

        assertThat(turn.allows(LOCAL, Turn.BURST_MS + 1)).isFalse();
        assertThat(turn.allows(SENT, Turn.BURST_MS + 1)).isTrue();
    }
}
