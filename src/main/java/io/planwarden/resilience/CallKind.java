package io.planwarden.resilience;

import io.planwarden.gateway.Change;

/** Kinds of call, by what sending one twice can do. */
public enum CallKind {
  /** No effect however often. */
  READ,
  /** The same effect however often: edit, assign, default limits, delete. */
  REPEATABLE,
  /** NCP does not say what a second one does, but it can be read: attach, detach. */
  ATTACHMENT,
  /** A second effect for a second sending. */
  CREATION;

  /** The kind of a change. */
  public static CallKind of(Change change) {
    return switch (change.action()) {
      case CREATE_PLAN -> CREATION;
      case EDIT_PLAN, DELETE_PLAN, ASSIGN_PLAN, SET_DEFAULT_LIMITS -> REPEATABLE;
      case ATTACH_STAGE, DETACH_STAGE -> ATTACHMENT;
    };
  }

  /** Whether sending it changes something. */
  public boolean isWrite() {
    return this != READ;
  }
}
