package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What If-Match or If-None-Match says (RFC 9110, section 13.1): any representation, or one of a
 * list.
 *
 * @param any whether it is {@code *}
 * @param tags each with its quotes, and with {@code W/} if it is weak
 */
public record EntityTags(boolean any, List<String> tags) {
  private static final String WEAK = "W/";
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"");
  private static final Pattern SEPARATOR = Pattern.compile("[ \\t]*,[ \\t,]*");

  public EntityTags {
    tags = List.copyOf(tags);
  }

  /**
   * Reads the lines of a header; empty if there are none.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  public static Optional<EntityTags> parse(String header, List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String all = String.join(",", lines).strip();
    if (all.equals("*")) {
      return Optional.of(new EntityTags(true, List.of()));
    }
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(all);
    Matcher separator = SEPARATOR.matcher(all);
    int at = separator.lookingAt() ? separator.end() : 0;
    while (at < all.length()) {
      if (!tag.region(at, all.length()).lookingAt()) {
        throw malformed(header);
      }
      tags.add(tag.group());
      at = tag.end();
      if (at < all.length()) {
        if (!separator.region(at, all.length()).lookingAt()) {
          throw malformed(header);
        }
        at = separator.end();
      }
    }
    if (tags.isEmpty()) {
      throw malformed(header);
    }
    return Optional.of(new EntityTags(false, tags));
  }

  /** Whether the tag is meant, if only what is the same byte by byte is the same. */
  public boolean hasStrongly(String tag) {
    return any || (!tag.startsWith(WEAK) && tags.contains(tag));
  }

  /** Whether the tag is meant, if what is as good as the same is the same. */
  public boolean hasWeakly(String tag) {
    return any || tags.stream().map(EntityTags::opaque).anyMatch(opaque(tag)::equals);
  }

  private static String opaque(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }

  private static FacadeException malformed(String header) {
    return FacadeException.field(
        ErrorCode.INVALID_PARAMETER, header, "must be * or entity tags in double quotes");
  }
}
