package dev.ratchet.faults;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;

/**
 * The fault suite of the build: each class has processes of its own, and they run side by side, because most of their time is
 * waiting for heartbeats that do not come.
 */
class FaultsTest {
    @Nested
    @Execution(CONCURRENT)
    class WhenTheWorkerCrashes extends WorkerCrash {}

    @Nested
    @Execution(CONCURRENT)
    class WhenTheServiceCrashes extends ServiceCrash {}

    @Nested
    @Execution(CONCURRENT)
    class WhenTemporalCrashes extends TemporalCrash {}

    @Nested
    @Execution(CONCURRENT)
    class WhenLargeRunsAreCutShort extends LargeRunsCrash {}

    @Nested
    @Execution(CONCURRENT)
    class WhenWorkersAreReplaced extends RollingDeploy {}

    @Nested
    @Execution(CONCURRENT)
    class WhenAWorkerComesBackFromTheDead extends ZombieWorker {}

    @Nested
    @Execution(CONCURRENT)
    class WhenARunIsAborted extends AbortUnderLoad {}
}
