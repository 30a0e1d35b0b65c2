package io.planwarden.usageplan;

/** A plan's attachment to a stage. */
record AttachmentView(String stageId, String usagePlanId, boolean attached) {}
