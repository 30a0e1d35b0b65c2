package io.planwarden.gateway;

import java.util.Arrays;

/** The kinds of change, by the word that the audit and the API use for them. */
public enum Action {
  CREATE_PLAN("create-plan"),
  EDIT_PLAN("edit-plan"),
  DELETE_PLAN("delete-plan"),
  ATTACH_STAGE("attach-stage"),
  DETACH_STAGE("detach-stage"),
  ASSIGN_PLAN("assign-plan"),
  SET_DEFAULT_LIMITS("set-default-limits");

  private final String word;

  Action(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The action that the word stands for. */
  public static Action of(String word) {
    return Arrays.stream(values())
        .filter(action -> action.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no action " + word));
  }
}
