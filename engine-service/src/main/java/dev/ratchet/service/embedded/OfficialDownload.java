package dev.ratchet.service.embedded;

import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.internal.devserver.TemporalDevServerDownloader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The vendor's download, by the SDK's own downloader. It is reachable by its public face only together with a
 * server started with its settings, not ours; hence the inner class, used here and nowhere else.
 */
final class OfficialDownload implements CliSupply {
    private static final URI SITE = URI.create("https://temporal.download/");
    private static final Duration REACHABLE_WITHIN = Duration.ofSeconds(4);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);
    private final Consumer<String> progress;

    OfficialDownload(Consumer<String> progress) {
        this.progress = progress;
    }

    /** True if the site answers at all; takes four seconds at most, also where packets vanish. */
    static boolean reachable() {
        try {
            bounded(OfficialDownload::knock, REACHABLE_WITHIN);
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    @Override
    public TemporalCli.Source source() {
        return TemporalCli.Source.DOWNLOAD;
    }

    @Override
    public Path into(Path folder) throws IOException {
        bounded(OfficialDownload::knock, REACHABLE_WITHIN);
        progress.accept("Downloading the Temporal CLI " + TemporalCli.RELEASE + " (once) ...");
        TemporalDevServerOptions options = TemporalDevServerOptions.newBuilder()
                .setDownloadVersion("v" + TemporalCli.RELEASE)
                .setDownloadDestination(folder.resolve("download").toString())
                .build();
        return bounded(() -> TemporalDevServerDownloader.prepare(options), DONE_WITHIN);
    }

    private static Integer knock() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) SITE.toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(REACHABLE_WITHIN.toMillis()));
        connection.setReadTimeout(Math.toIntExact(REACHABLE_WITHIN.toMillis()));
        connection.setRequestMethod("HEAD");
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /** On a daemon thread of its own: a name server that does not answer heeds no timeout. */
    private static <T> T bounded(Callable<T> work, Duration patience) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("temporal-download").start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException(
                    "expected an answer of %s within %d s, but none came"
                            .formatted(SITE.getHost(), patience.toSeconds()),
                    late);
        } catch (ExecutionException failed) {
            throw new IOException("expected to reach %s, but: %s".formatted(SITE.getHost(), failed.getCause()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("expected to finish the download, but it was interrupted", interrupted);
        } finally {
            task.cancel(true);
        }
    }
}
