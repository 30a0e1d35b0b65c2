package io.planwarden.change;

import java.util.List;

/**
 * A change that ended well.
 *
 * @param outcome applied, unchanged or adopted
 * @param after what NCP holds now
 * @param changed the names of the fields that are not as they were
 */
public record Done(String operationId, String outcome, Image after, List<String> changed) {}
