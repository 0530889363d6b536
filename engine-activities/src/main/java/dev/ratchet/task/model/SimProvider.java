package dev.ratchet.task.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The simulated model: answers without a network, the same for the same request, so that first runs, tests and load
 * need no key. A task's metadata steers it; see {@link SimControls}.
 */
final class SimProvider implements ModelProvider {
    static final String NAME = "sim";

    private static final Set<ErrorCode> TRANSIENT =
            EnumSet.of(ErrorCode.EXECUTION_FAILED, ErrorCode.TIMEOUT, ErrorCode.INVALID_RESULT);

    private final TokenEstimator tokens;

    SimProvider(TokenEstimator tokens) {
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isUsable() {
        return true;
    }

    @Override
    public ChatReply chat(Model model, ChatRequest request, TaskContext context)
            throws TaskFailure, InterruptedException {
        SimControls controls = SimControls.read(context.metadata());
        pass(controls.latencyMs(), context);
        if (controls.fails(context.attempt())) {
            throw failure(model, controls, context.attempt());
        }
        return reply(model, request, controls);
    }

    private ChatReply reply(Model model, ChatRequest request, SimControls controls) {
        Long reported = controls.inputTokens();
        long input = reported == null ? counted(model, request) : reported;
        return controls.output().isMissingNode()
                ? made(model, request, controls, input)
                : given(model, request, controls, input);
    }

    /** What the author wants to see is never cut, and costs no more than the cap unless the author says so. */
    private ChatReply given(Model model, ChatRequest request, SimControls controls, long input) {
        JsonNode output = controls.output();
        Long reported = controls.outputTokens();
        String text = output.isTextual() ? output.textValue() : output.toString();
        long counted = Math.min(tokens.count(model, text), request.maxOutputTokens());
        return new ChatReply(output, input, reported == null ? counted : reported, ChatReply.Finish.STOP);
    }

    private ChatReply made(Model model, ChatRequest request, SimControls controls, long input) {
        String text = SimAnswer.to(request);
        String cut = tokens.cut(model, text, request.maxOutputTokens());
        boolean whole = cut.length() == text.length();
        Long reported = controls.outputTokens();
        long output = reported == null ? Math.max(1, tokens.count(model, cut)) : reported;
        return ChatReply.text(
                whole || cut.isEmpty() ? text : cut,
                input,
                output,
                whole ? ChatReply.Finish.STOP : ChatReply.Finish.LENGTH);
    }

    private long counted(Model model, ChatRequest request) {
        String system = request.system();
        long sum = system == null ? 0 : tokens.count(model, system);
        for (String message : request.messages()) {
            sum += tokens.count(model, message);
        }
        return sum;
    }

    /** A failing attempt used tokens only if the author says how many. */
    private static TaskFailure failure(Model model, SimControls controls, int attempt) {
        ErrorCode error = controls.error();
        ErrorCode code = error == null ? ErrorCode.EXECUTION_FAILED : error;
        String message = "Expected an answer of the simulated model, but attempt " + attempt + " was told to fail";
        TaskFailure failure =
                TRANSIENT.contains(code) ? TaskFailure.retryable(code, message) : TaskFailure.permanent(code, message);
        Long input = controls.inputTokens();
        Long output = controls.outputTokens();
        long in = input == null ? 0 : input;
        long out = output == null ? 0 : output;
        return in + out == 0 ? failure : failure.costing(model.pricing().usage(in, out));
    }

    private static void pass(long latencyMs, TaskContext context) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        context.onCancel(stopped::countDown);
        if (latencyMs > 0 && stopped.await(latencyMs, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException();
        }
        if (context.isCancelled()) {
            throw new InterruptedException();
        }
    }
}
