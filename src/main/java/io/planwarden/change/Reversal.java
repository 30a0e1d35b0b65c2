package io.planwarden.change;

import io.planwarden.audit.Operation;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Action;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.StageRef;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * That what an operation changed is put back as it was.
 *
 * @param operationId the operation
 * @param change what puts it back
 * @param before what the target was before the operation
 * @param after what the operation left
 */
public record Reversal(String operationId, Change change, Image before, Image after)
    implements Wish {
  /**
   * What puts back the change of an operation.
   *
   * @throws FacadeException {@code not-revertible}
   */
  public static Reversal of(Operation operation) {
    Outcome outcome = operation.outcome();
    if (outcome == null || !outcome.tookEffect()) {
      throw refused(
          "it is %s; only what took effect can be put back"
              .formatted(outcome == null ? "pending" : outcome.word()));
    }
    if (operation.action().equals(Action.DELETE_PLAN.word())) {
      throw refused("a plan that is deleted cannot be made again with its id, stages and keys");
    }
    if (operation.before() == null || operation.after() == null) {
      throw refused("what NCP held before it, or after it, was not read");
    }
    Image before = Image.stored(operation.before());
    Image after = Image.stored(operation.after());
    return new Reversal(operation.operationId(), putBack(operation, before, after), before, after);
  }

  private static Change putBack(Operation operation, Image before, Image after) {
    Map<String, Object> target = operation.target();
    return switch (Action.of(operation.action())) {
      case CREATE_PLAN -> new Change.DeletePlan(id(after.text("usagePlanId")));
      case EDIT_PLAN -> edit(id(target.get("usagePlanId")), before, after);
      case ATTACH_STAGE, DETACH_STAGE -> attachment(target, before);
      case ASSIGN_PLAN -> assignment(target, before);
      case SET_DEFAULT_LIMITS -> defaultLimits(target, before, after);
      case DELETE_PLAN -> throw new IllegalStateException("a deletion was refused above");
    };
  }

  private static Change edit(String usagePlanId, Image before, Image after) {
    if (before.text("usagePlanName") == null) {
      throw refused("NCP showed no name of the plan before it, and takes no edit without one");
    }
    return new Change.EditPlan(
        usagePlanId, PlanMembers.settings(PlanMembers.settable(before)), added(before, after));
  }

  private static Change attachment(Map<String, Object> target, Image before) {
    String usagePlanId = id(target.get("usagePlanId"));
    return Boolean.TRUE.equals(before.get("attached"))
        ? new Change.AttachStage(stage(target), usagePlanId)
        : new Change.DetachStage(stage(target), usagePlanId);
  }

  private static Change assignment(Map<String, Object> target, Image before) {
    String usagePlanId = before.text("usagePlanId");
    if (usagePlanId == null) {
      throw refused("the API key had no plan, and NCP documents no way to take one away");
    }
    return new Change.AssignPlan(stage(target), id(target.get("apiKeyId")), id(usagePlanId));
  }

  private static Change defaultLimits(Map<String, Object> target, Image before, Image after) {
    Set<String> added = added(before, after);
    if (!added.isEmpty()) {
      throw refused(
          "NCP documents no way to clear default limits, and there was no "
              + String.join(", ", added));
    }
    return new Change.SetDefaultLimits(stage(target), before.limits());
  }

  /** The names of members that were not set before. */
  private static TreeSet<String> added(Image before, Image after) {
    TreeSet<String> names = new TreeSet<>(PlanMembers.settable(after).keySet());
    names.removeAll(PlanMembers.settable(before).keySet());
    return names;
  }

  private static StageRef stage(Map<String, Object> target) {
    return new StageRef(
        id(target.get("productId")), id(target.get("apiId")), id(target.get("stageId")));
  }

  private static String id(@Nullable Object id) {
    if (id instanceof String text && Ids.isValid(text)) {
      return text;
    }
    throw refused("its rows do not name the target by ids that NCP can be asked about");
  }

  private static FacadeException refused(String reason) {
    return new FacadeException(
        ErrorCode.NOT_REVERTIBLE, "The operation cannot be reverted: " + reason + ".");
  }
}
