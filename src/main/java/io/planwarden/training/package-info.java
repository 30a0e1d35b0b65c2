/**
 * An ordinary day of the service in the sandbox, for a JVM that keeps what it learnt of it
 * (docs/deployment.md). It knows the service by its API alone and uses nothing of ours.
 */
@NullMarked
package io.planwarden.training;

import org.jspecify.annotations.NullMarked;
