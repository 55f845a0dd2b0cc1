package org.peerlet.ui.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.peerlet.core.storage.UserFolders;

/**
 * Sends the log to a file in the user's log folder, and nothing to the terminal. In code, since
 * reading an XML configuration would cost a tenth of a second of each start.
 */
public final class LogToFile extends ContextAwareBase implements Configurator {
  /** Set to DEBUG by {@code --verbose}, before the first line is logged. */
  static final String LEVEL_PROPERTY = "peerlet.log.level";

  private static final long MAX_FILE_BYTES = 2 << 20;

  /** One line an event, whatever a message holds (threats.md T15). */
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level [%thread] %logger{0}:"
          + " %replace(%msg){'[\\p{Cntrl}]', ' '}%n";

  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    // Where the folder can't be written there is no log; Logback would say so on standard output.
    logs.getStatusManager().add(new NopStatusListener());
    Path folder = UserFolders.ofThisUser().log();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(logs);
    appender.setFile(folder.resolve("peerlet.log").toString());
    appender.setEncoder(encoder(logs));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(logs);
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder.resolve("peerlet.%i.log").toString());
    rolling.setMinIndex(1);
    rolling.setMaxIndex(2);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(logs);
    size.setMaxFileSize(new FileSize(MAX_FILE_BYTES));
    size.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(size);
    appender.start();
    var root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    logs.getLogger("org.peerlet")
        .setLevel(Level.toLevel(System.getProperty(LEVEL_PROPERTY), Level.INFO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static PatternLayoutEncoder encoder(LoggerContext logs) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(logs);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }
}
