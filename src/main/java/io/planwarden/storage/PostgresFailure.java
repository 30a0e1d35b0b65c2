package io.planwarden.storage;

import java.net.SocketTimeoutException;
import java.sql.SQLException;

/** What a failure of PostgreSQL means, by its SQLSTATE (postgresql.org, appendix A). */
final class PostgresFailure {
  private PostgresFailure() {}

  /**
   * In words for an operator.
   *
   * @param place the database in words
   */
  static String explain(String place, SQLException failure) {
    if (failure instanceof StoreTrouble) {
      return String.valueOf(failure.getMessage());
    }
    return "The %s %s.".formatted(place, what(failure));
  }

  private static String what(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    String exact =
        switch (state) {
          case "57014" -> "takes too long to answer";
          case "55P03" -> "is locked: another process holds the audit's lock for too long";
          case "25P03" -> "ended a transaction of ours that stood still for too long";
          case "25006" -> "is read-only: a standby, not the primary";
          case "53100" -> "has no room to grow";
          case "53300" -> "has no connection left for us";
          case "55000" -> "accepts no connections";
          case "57P01", "57P02", "57P03" -> "is starting or stopping";
          case "3D000" -> "does not exist";
          case "42501" -> "may not be written by our user";
          case "42P01" -> "has not the tables of ours";
          default -> "";
        };
    if (!exact.isEmpty()) {
      return exact;
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08" -> isTimeout(failure) ? "does not answer" : "cannot be reached";
      case "28" -> "refuses our user or its password";
      case "53" -> "lacks resources";
      case "58" -> "cannot read or write its files; look at its disk";
      case "XX" -> "is damaged: look at its log";
      default -> "cannot be written";
    };
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
