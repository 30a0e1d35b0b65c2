package io.planwarden.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How much is measured; given as {@code name=value}.
 *
 * @param seconds of each measurement
 * @param warmup seconds of load on each peer before the first; it goes on for up to three times as
 *     long until the JVM's compilers are through
 * @param rounds after each other, of which the median counts
 * @param connections how many, one after the other
 * @param only the measurements that are made: {@code load}, {@code latency}, {@code faults}, {@code
 *     start}
 * @param cases parts of the names of those that are measured, empty for all
 * @param before the folder of another build of the application, which is measured as well
 * @param java further arguments for the JVM of the application
 * @param jvm the home of the JVM that the application runs on, empty for that of the rig
 * @param rows of the audit that one more application has behind it, none if 0
 * @param stages in the catalog of that one
 */
record Options(
    double seconds,
    double warmup,
    int rounds,
    List<Integer> connections,
    List<String> only,
    List<String> cases,
    String before,
    List<String> java,
    String jvm,
    long rows,
    int stages) {

  static Options of(String[] arguments) {
    return new Options(
        Double.parseDouble(value(arguments, "seconds", "20")),
        Double.parseDouble(value(arguments, "warmup", "120")),
        Integer.parseInt(value(arguments, "rounds", "5")),
        Arrays.stream(value(arguments, "connections", "16,64,256").split(","))
            .map(Integer::valueOf)
            .toList(),
        List.of(value(arguments, "only", "start,load,latency,faults").split(",")),
        Arrays.stream(value(arguments, "cases", "").split(","))
            .filter(part -> !part.isEmpty())
            .toList(),
        value(arguments, "before", ""),
        Arrays.stream(value(arguments, "java", "").split(" "))
            .filter(argument -> !argument.isEmpty())
            .toList(),
        value(arguments, "jvm", System.getProperty("java.home")),
        Long.parseLong(value(arguments, "rows", "0")),
        Integer.parseInt(value(arguments, "stages", "0")));
  }

  private static String value(String[] arguments, String name, String otherwise) {
    return Arrays.stream(arguments)
        .filter(argument -> argument.startsWith(name + "="))
        .map(argument -> argument.substring(name.length() + 1))
        .findFirst()
        .orElse(otherwise);
  }
}
