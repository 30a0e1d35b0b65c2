package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a write does: the state after it, and what the ledger says about it. */
record Effect(
    JsonObject ids, @Nullable JsonObject before, @Nullable JsonObject after, State next) {}
