package io.planwarden.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What is logged while it is open: all from INFO on, and whatever has a given word in it. */
public final class CapturedLog extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> found = new CopyOnWriteArrayList<>();
  private final String word;
  private final Logger root = Logger.getLogger("");

  public CapturedLog() {
    this("\0");
  }

  /**
   * @param word looked for in every event of every level, causes included
   */
  public CapturedLog(String word) {
    this.word = word;
    setLevel(Level.ALL);
    root.addHandler(this);
  }

  /** The events from INFO on. */
  public List<String> lines() {
    return lines;
  }

  /** The events that have the word in them. */
  public List<String> found() {
    return found;
  }

  @Override
  public void publish(LogRecord event) {
    String text =
        event instanceof ExtLogRecord ext ? ext.getFormattedMessage() : event.getMessage();
    StringBuilder whole = new StringBuilder(String.valueOf(text));
    for (Throwable t = event.getThrown(); t != null; t = t.getCause()) {
      whole.append("\n").append(t);
    }
    if (event.getLevel().intValue() >= Level.INFO.intValue()) {
      lines.add(whole.toString());
    }
    if (whole.indexOf(word) >= 0) {
      found.add(whole.toString());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
