package dev.ratchet.service.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.ratchet.document.Text;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Where a process writes its log. */
public final class Logs {
    /** Control characters are no part of a message, and nobody reads more than the beginning of a long one. */
    private static final String PATTERN = "%d{ISO8601} %-5level [%thread] %logger{30} %line%n%trace{full}";

    private static final int LINE = 1_024;

    private static final long MAX_BYTES = 10L * 1024 * 1024;

    private Logs() {}

    /** Writes everything from INFO on into a file of at most 10 MB (and its predecessor), nothing to the terminal. */
    public static void toFile(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender(context, file));
        root.setLevel(Level.INFO);
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context));
        appender.setRollingPolicy(oneOlder(context, appender, file));
        appender.setTriggeringPolicy(bySize(context));
        appender.start();
        return appender;
    }

    private static PatternLayoutEncoder encoder(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        context.putObject(
                CoreConstants.PATTERN_RULE_REGISTRY,
                Map.of("line", Line.class.getName(), "trace", Trace.class.getName()));
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static FixedWindowRollingPolicy oneOlder(
            LoggerContext context, RollingFileAppender<ILoggingEvent> appender, Path file) {
        FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%i");
        policy.setMinIndex(1);
        policy.setMaxIndex(1);
        policy.start();
        return policy;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> bySize(LoggerContext context) {
        SizeBasedTriggeringPolicy<ILoggingEvent> policy = new SizeBasedTriggeringPolicy<>();
        policy.setContext(context);
        policy.setMaxFileSize(new FileSize(MAX_BYTES));
        policy.start();
        return policy;
    }

    /** A stack trace, whose messages may be anybody's. */
    public static final class Trace extends ThrowableProxyConverter {
        @Override
        public String convert(ILoggingEvent event) {
            StringBuilder trace = new StringBuilder(super.convert(event));
            for (int i = 0; i < trace.length(); i++) {
                char c = trace.charAt(i);
                if (Text.isCommand(c) && c != '\n' && c != '\r' && c != '\t') {
                    trace.setCharAt(i, ' ');
                }
            }
            return trace.toString();
        }
    }

    /** A message on one line, cut between characters. */
    public static final class Line extends MessageConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return Text.brief(super.convert(event), LINE);
        }
    }
}
