package dev.ratchet.service.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Measures one side on one workload. */
final class Stopwatch {
    private static final int TICKS_PER_SECOND = 100;

    private final long serverPid;

    /** @param serverPid process of the Temporal server, whose CPU counts too */
    Stopwatch(long serverPid) {
        this.serverPid = serverPid;
    }

    /**
     * One measurement.
     *
     * @param value in the workload's measure
     * @param cpuMsPerTask CPU of this process and of the server, in milliseconds for each task
     */
    record Reading(double value, double cpuMsPerTask) {}

    Reading measure(Workload workload, Side side) {
        double cpuBefore = cpuMs();
        long began = System.nanoTime();
        runAll(workload, side);
        double seconds = (System.nanoTime() - began) / 1e9;
        double tasks = (double) workload.runs() * workload.shape().tasks();
        double cpu = (cpuMs() - cpuBefore) / tasks;
        return new Reading(
                switch (workload.measure()) {
                    case MS_PER_TASK -> seconds * 1e3 / tasks;
                    case SECONDS_PER_RUN -> seconds / workload.runs();
                    case MS_PER_RUN -> seconds * 1e3 / workload.runs();
                    case RUNS_PER_SECOND -> workload.runs() / seconds;
                },
                cpu);
    }

    private static void runAll(Workload workload, Side side) {
        if (workload.atOnce() == 1) {
            for (int i = 0; i < workload.runs(); i++) {
                side.run(workload.shape());
            }
            return;
        }
        Semaphore places = new Semaphore(workload.atOnce());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < workload.runs(); i++) {
                places.acquire();
                runs.add(executor.submit(() -> {
                    try {
                        side.run(workload.shape());
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("Expected all runs to complete, but one did not", e);
        }
    }

    private double cpuMs() {
        OperatingSystemMXBean own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return own.getProcessCpuTime() / 1e6 + serverCpuMs();
    }

    /** User and system time of the server in milliseconds; 0 where there is no /proc. */
    private double serverCpuMs() {
        try {
            String stat = Files.readString(Path.of("/proc/" + serverPid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1_000.0 / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }
}
