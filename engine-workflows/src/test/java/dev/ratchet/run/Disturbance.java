package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.Turmoil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A drawn run, and all that happens to it. Plain values, so that it travels as JSON.
 *
 * @param moves what happens, a number for each wake-up
 */
record Disturbance(DrawnRun run, List<Long> moves) {
    Disturbance {
        moves = List.copyOf(moves);
    }

    /** What is wrong with a run, in words that begin with the promise that it breaks. */
    private static final class Wrong extends AssertionError {
        private static final long serialVersionUID = 1L;

        Wrong(String words) {
            super(words);
        }
    }

    /** Plays it, once straight on and once renewed at random moments; returns what is wrong, or nothing. */
    @Nullable
    String check() {
        return check(RunFold::new, UnaryOperator.identity());
    }

    /** The same with an engine that does something else: for negative controls. */
    @Nullable
    String check(Function<RunState, RunFold> folding, UnaryOperator<CarriedRun> carrying) {
        try {
            Played straight = play(folding, null);
            Played renewed = play(folding, carrying);
            return renewed.renewals() == 0 || straight.events().equals(renewed.events())
                    ? null
                    : "a run that is renewed goes another way: " + difference(straight.events(), renewed.events());
        } catch (Wrong e) {
            return e.getMessage();
        } catch (RuntimeException | AssertionError e) {
            return "an error: " + e + at(e);
        }
    }

    private static String at(Throwable e) {
        return Arrays.stream(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.ratchet"))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }

    /** Tells what happens, wake-up by wake-up. */
    String story() {
        List<String> lines = new ArrayList<>();
        try {
            play(RunFold::new, UnaryOperator.identity(), lines);
        } catch (RuntimeException | AssertionError e) {
            lines.add(e.toString());
        }
        return String.join("\n", lines);
    }

    private record Played(List<RunEvent> events, int renewals) {}

    private Played play(Function<RunState, RunFold> folding, @Nullable UnaryOperator<CarriedRun> carrying) {
        return play(folding, carrying, null);
    }

    private Played play(
            Function<RunState, RunFold> folding,
            @Nullable UnaryOperator<CarriedRun> carrying,
            @Nullable List<String> story) {
        Plan plan = run.plan();
        Looking looking = new Looking(plan, story);
        Turmoil turmoil = new Turmoil(plan, run.casting(), new Meddling(run), looking).foldedBy(folding);
        if (carrying != null) {
            turmoil.renewing(carrying);
        }
        turmoil.play(moves.stream().mapToLong(Long::longValue).toArray());
        looking.atTheEnd();
        return new Played(looking.events, turmoil.renewals());
    }

    private static String difference(List<RunEvent> straight, List<RunEvent> renewed) {
        int at = 0;
        while (at < Math.min(straight.size(), renewed.size())
                && straight.get(at).equals(renewed.get(at))) {
            at++;
        }
        return "event " + at + " is " + (at < straight.size() ? straight.get(at) : "none") + " straight on, but "
                + (at < renewed.size() ? renewed.get(at) : "none") + " when it is renewed";
    }

    /** Looks at everything after each wake-up. */
    private static final class Looking implements Turmoil.Witness {
        private final Plan plan;
        private final CourseChecker course;
        private final List<RunEvent> events = new ArrayList<>();
        private final @Nullable List<String> story;

        Looking(Plan plan, @Nullable List<String> story) {
            this.plan = plan;
            this.course = new CourseChecker(plan);
            this.story = story;
        }

        @Override
        public void fed(RunInput input, List<RunEvent> made, RunState state) {
            events.addAll(made);
            if (story != null) {
                story.add("> " + input);
                made.forEach(event -> story.add("    " + event));
            }
            course.fed(input, made);
            complain(course.wrong());
        }

        @Override
        public void rested(List<RunEvent> made, List<RunCommand> commands, RunState state) {
            events.addAll(made);
            if (story != null) {
                made.forEach(event -> story.add("    " + event));
            }
            course.rested(made, commands);
            complain(course.wrong());
            complain(StateChecker.wrongWith(state));
        }

        @Override
        public void renewed(RunState before, RunState state) {
            if (story != null) {
                story.add("> renewed");
            }
            same("the run", before.record(), state.record());
            same("the tasks", before.records(0), state.records(0));
            same("what is in no page", before.unsealed(), state.unsealed());
            same("what is due", String.valueOf(before.nextDue()), String.valueOf(state.nextDue()));
            complain(StateChecker.wrongWith(state));
        }

        private static void same(String what, Object before, Object after) {
            if (!before.equals(after)) {
                throw new Wrong("a renewed run tells otherwise of " + what + ": " + before + ", but now " + after);
            }
        }

        void atTheEnd() {
            complain(Audit.of(plan, events));
        }

        private static void complain(List<String> wrong) {
            if (!wrong.isEmpty()) {
                throw new Wrong(wrong.getFirst());
            }
        }
    }
}
