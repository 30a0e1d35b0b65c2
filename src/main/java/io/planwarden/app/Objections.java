package io.planwarden.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What speaks against a start, and what is doubtful. */
final class Objections {
  private final List<String> refusals = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  void clear() {
    refusals.clear();
    warnings.clear();
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void refuse(String reason, @Nullable Object... values) {
    refusals.add(reason.formatted(values));
  }

  void warn(String reason, @Nullable Object... values) {
    warnings.add(reason.formatted(values));
  }

  /** Checks who else can read or write a file; Kubernetes mounts secrets readable for everybody. */
  void secret(String setting, Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        refuse("%s is '%s', which everybody on this machine can write. chmod o-w", setting, file);
      } else if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        warn("%s is '%s', which everybody on this machine can read. chmod o-r", setting, file);
      }
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions has others, which nothing is known of.
    } catch (IOException e) {
      refuse("%s is '%s', which cannot be read.", setting, file);
    }
  }
}
