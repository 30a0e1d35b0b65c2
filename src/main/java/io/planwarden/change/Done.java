package io.planwarden.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that ended well.
 *
 * @param outcome applied, unchanged or adopted
 * @param after what NCP holds now, or should hold if reading back is switched off
 * @param changed the names of the fields that are not as they were, null if that was not read
 */
public record Done(
    String operationId, String outcome, Image after, @Nullable List<String> changed) {}
